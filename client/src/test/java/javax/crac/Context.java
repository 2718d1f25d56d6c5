package javax.crac;

/** What resources are registered with. */
public abstract class Context<R extends Resource> implements Resource {
  public abstract void register(R resource);
}
