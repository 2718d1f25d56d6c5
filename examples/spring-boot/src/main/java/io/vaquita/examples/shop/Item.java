package io.vaquita.examples.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Something that the shop sells. Confined to one persistence context. */
@Entity
@Table(name = "item")
public class Item {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String name;
  private int pieces;
  @Version private int version;

  /** For JPA. */
  protected Item() {
    this("", 0);
  }

  public Item(String name, int pieces) {
    this.name = name;
    this.pieces = pieces;
  }

  public String name() {
    return name;
  }

  public int pieces() {
    return pieces;
  }

  /**
   * Takes pieces away.
   *
   * @throws IllegalStateException when there are not so many
   */
  void take(int wanted) {
    if (wanted > pieces) {
      throw new IllegalStateException("only " + pieces + " of " + name + " left");
    }
    pieces -= wanted;
  }
}
