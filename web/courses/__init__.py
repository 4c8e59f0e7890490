"""The pages of training courses: what a worker can be sent to, and how many seats are left."""
