/** InterSystems' own JDBC driver against irisdev, which must be a small IRIS to it: all tests in order. */
public class IrisJdbcTest extends Harness {
    public static void main(String[] args) throws Exception {
        test("login", Transactions::login);
        test("wrong login", Transactions::wrongLogin);
        for (Values.Kind k : Values.KINDS) test("values of " + k.type(), c -> Values.roundTrip(c, k));
        test("doubles bit for bit", Values::doublesBitForBit);
        test("every character", Values::everyCharacter);
        test("vectors", Values::vectors);
        test("literals", Values::literals);
        test("conversions", Values::conversions);
        test("batch of parameters", Statements::preparedBatch);
        test("batch that fails", Statements::failingBatch);
        test("batch of texts", Statements::textBatch);
        test("generated keys", Statements::generatedKeys);
        test("statement cache", Statements::statementCache);
        test("long statement texts", Statements::longText);
        test("many rows", Statements::many);
        test("fetch size, most rows, closed early", Statements::fetching);
        test("two results at a time", Statements::twoResults);
        test("metadata of results", Statements::resultMetaData);
        test("metadata of parameters", Statements::parameterMetaData);
        test("transactions and savepoints", Transactions::transactions);
        test("abandoned transaction", Transactions::abandoned);
        test("isolation levels", Transactions::isolation);
        test("query time-out", Transactions::timeout);
        test("cancel", Transactions::cancel);
        test("errors", Transactions::errors);
        test("catalogue: tables and columns", Catalogue::catalogueTables);
        test("catalogue: keys and indexes", Catalogue::catalogueKeys);
        test("catalogue: the rest", Catalogue::catalogueRest);
        test("streams", Values::streams);
        test("what is refused", Transactions::refusals);
        System.out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
        System.exit(failed == 0 ? 0 : 1);
    }
}
