"""What a deal costs the MSP and what it leaves, before anything is signed. Nothing here is ever shown to a client."""
