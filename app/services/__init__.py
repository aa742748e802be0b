"""What a clerk can do, one method a use case; knows the domain and the ports, nothing else."""
