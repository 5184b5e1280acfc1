// Nothing is offered to other modules.
