using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class DataTableTests
{
    [Fact]
    public void Selected_rows_come_in_the_order_asked_for_with_their_times()
    {
        var table = Reading.Table<Row>("Day,Value\n2011-01-01,1\n2011-01-02,2\n2011-01-03,3\n");

        var selected = table.Select([2, 0]);

        selected.Rows.ShouldBe(2);
        selected.Label.ShouldBe([3, 1]);
        selected.Times.ShouldBe([new(2011, 1, 3), new(2011, 1, 1)]);
        table.Label.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Selecting_nothing_gives_an_empty_table()
    {
        var selected = Reading.Table<Row>("Day,Value\n2011-01-01,1\n").Select([]);

        selected.Rows.ShouldBe(0);
        selected.Label.ShouldBeEmpty();
        selected.Times.ShouldBeEmpty();
    }

    /// <summary>With what is written there answers of a language model are compared.</summary>
    [Fact]
    public void A_label_may_be_a_free_text_and_may_be_missing()
    {
        var table = Reading.Table<Question>("Text,Note,Expected\nwhy,n,\"because, so\"\nwho,,\nwhy,n,why\n");

        double.IsNaN(table.Label[1]).ShouldBeTrue();
        table.Texts[(int)table.Label[0]].ShouldBe("because, so");
        table.Label[2].ShouldBe(table.Values("Text")[0], "the same text is kept once");
        table.Columns.ShouldBeEmpty();
        table.TextColumns.Keys.ShouldBe(["Text", "Expected"], ignoreOrder: true);
        table.Select([2, 1]).Label[0].ShouldBe(table.Label[2]);
    }

    private sealed record Question(string Text, [property: Leak("only afterwards")] string? Note, [property: Label] string? Expected);

    private sealed record Row([property: Timestamp] DateOnly Day, [property: Label] double Value);
}
