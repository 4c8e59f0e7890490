"""The administrator's pages: is the station well, who works there in which role, its stations and its calendars."""
