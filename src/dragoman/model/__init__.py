"""The frozen types, their ids, their JSON, the errors and the configuration: standard library only."""
