print("mock-bank")
