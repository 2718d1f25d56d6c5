"""SQLAlchemy with PyMySQL and with MySQLdb: schema, reflection, ORM, transactions. Arguments: port."""
import sys
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Integer, Numeric, String, create_engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
    created = Column(DateTime, server_default=func.now())
    settings = Column(JSON)
    orders = relationship("Order", back_populates="customer", order_by="Order.id")


class Order(Base):
    __tablename__ = "order"  # a reserved word
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True)
    total = Column(Numeric(12, 2), nullable=False)
    placed = Column(DateTime)
    customer = relationship("Customer", back_populates="orders")


def main(port, driver):
    url = f"mysql+{driver}://root@127.0.0.1:{port}/"
    with create_engine(url).connect() as connection:
        connection.execute(text(f"CREATE DATABASE alchemy_{driver}"))
    engine = create_engine(url + f"alchemy_{driver}?charset=utf8mb4", pool_pre_ping=True)
    Base.metadata.create_all(engine)
    Base.metadata.create_all(engine)  # sees that all is there
    with Session(engine) as session:
        session.add(Customer(name="Ana 🐬", settings={"a": [1, None, "é"]}, orders=[
            Order(total=Decimal("10.50"), placed=datetime(2024, 2, 29, 12, 0, 1)), Order(total=Decimal("0.01"))]))
        session.add_all([Customer(name=f"c{i}") for i in range(20)])
        session.commit()
        ana = session.scalars(select(Customer).where(Customer.name == "Ana 🐬")).one()
        assert ana.settings == {"a": [1, None, "é"]} and ana.created is not None
        assert [o.total for o in ana.orders] == [Decimal("10.50"), Decimal("0.01")]
        assert ana.orders[0].placed == datetime(2024, 2, 29, 12, 0, 1)
        rows = session.execute(select(Customer.name, func.sum(Order.total)).join(Order).group_by(Customer.id).with_for_update()).all()
        assert rows == [("Ana 🐬", Decimal("10.51"))], rows
        assert len(session.scalars(select(Customer).order_by(Customer.id).limit(5).offset(3)).all()) == 5
        assert session.scalar(select(func.json_extract(Customer.settings, "$.a[2]")).where(Customer.id == ana.id)) == '"é"'
        session.add(Customer(name="ana 🐬"))
        try:
            session.flush()
            raise AssertionError("the name is there twice")
        except IntegrityError as error:
            assert error.orig.args[0] == 1062, error
            session.rollback()
        with session.begin_nested():
            session.add(Customer(name="in a savepoint"))
        session.rollback()
        assert session.scalar(select(func.count()).select_from(Customer)) == 21
    inspector = inspect(engine)
    assert sorted(inspector.get_table_names()) == ["customer", "order"]
    columns = {c["name"]: c for c in inspector.get_columns("order")}
    assert str(columns["total"]["type"]) == "DECIMAL(12, 2)" and not columns["total"]["nullable"]
    key = inspector.get_foreign_keys("order")[0]
    assert key["referred_table"] == "customer" and key["constrained_columns"] == ["customer_id"] and key["options"] == {"ondelete": "CASCADE"}, key
    assert inspector.get_pk_constraint("customer")["constrained_columns"] == ["id"]
    assert ["customer_id"] in [i["column_names"] for i in inspector.get_indexes("order")], inspector.get_indexes("order")
    assert inspector.get_unique_constraints("customer")[0]["column_names"] == ["name"]
    Base.metadata.drop_all(engine)
    engine.dispose()


for name in ("pymysql", "mysqldb"):
    main(int(sys.argv[1]), name)
