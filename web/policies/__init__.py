"""The pages of the policy officer (政策专员): the law in use, what is proposed, and how it becomes law."""
