"""The pages of subsidies: their list, one case of them, applications, public notices, bank files, who is entitled."""
