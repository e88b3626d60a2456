using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Differences.Rows.Tests;

public sealed class RowComparisonTests
{
    private static readonly string[] ById = ["id"];

    [Fact]
    public async Task Rows_are_told_apart_by_their_key_whatever_their_order()
    {
        var difference = await OfAsync("id,a,b\n1,x,1\n2,y,2\n3,z,3\n", "id,a,b\n4,new,9\n3,z,3\n1,x,7\n", ById);

        (difference.RowsBefore, difference.Rows, difference.Added, difference.Removed, difference.Changed, difference.Unchanged)
            .ShouldBe((3, 3, 1, 1, 1, 1));
        difference.Columns.ShouldBe([new("b", 1)]);
        difference.Key.ShouldBe(ById);
        difference.Examples.Select(example => (example.Kind, example.Place)).ShouldBe(
        [
            (RowChange.Removed, "before.csv, line 3"), (RowChange.Added, "now.csv, line 2"), (RowChange.Changed, "now.csv, line 4")
        ]);
        difference.Examples[2].Cells.ShouldBe([new("id", "1", "1"), new("b", "1", "7")]);
    }

    [Fact]
    public async Task Without_a_key_a_changed_row_is_one_removed_and_one_added()
    {
        var difference = await OfAsync("a,b\nx,1\nx,1\ny,2\n", "a,b\ny,3\nx,1\nx,1\nx,1\n");

        (difference.Added, difference.Removed, difference.Changed, difference.Unchanged, difference.Repeated).ShouldBe((2, 1, 0, 2, 0));
        difference.Key.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1", "+1", true)]
    [InlineData("0", "-0", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("2020-01-01", "2020-01-01T00:00:00", true)]
    [InlineData("true", "True", true)]
    [InlineData("7", "007", false)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("1", "true", false)]
    [InlineData("a", "A", false)]
    [InlineData("", "0", false)]
    public async Task Cells_are_compared_by_what_they_hold(string before, string now, bool same) =>
        (await OfAsync($"id,a\n1,{before}\n", $"id,a\n1,{now}\n", ById)).Changed.ShouldBe(same ? 0 : 1);

    [Fact]
    public async Task The_same_rows_in_another_format_are_the_same()
    {
        var before = TableFile.Of("rows.csv", "id,a,b\n1,x,0.5\n2,,3\n"u8.ToArray());
        var now = TableFile.Of("rows.jsonl", "{\"id\":2,\"b\":3.0,\"a\":null}\n{\"id\":1,\"a\":\"x\",\"b\":0.5}\n"u8.ToArray());

        var difference = await RowComparison.OfAsync(new([before], [now]) { Key = ById }, new Progress<string>(), CancellationToken.None);

        (difference.Unchanged, difference.Added, difference.Removed, difference.Changed).ShouldBe((2, 0, 0, 0));
    }

    [Fact]
    public async Task The_first_likely_key_that_no_two_rows_share_is_taken()
    {
        const string Before = "hour,station,n\n1,a,1\n1,b,2\n2,a,3\n";
        string[][] likely = [["hour"], ["none"], ["hour", "station"], ["n"]];

        var difference = await RowComparison.OfAsync(
            Input(Before, "hour,station,n\n1,a,1\n1,b,5\n") with { LikelyKeys = likely }, new Progress<string>(), CancellationToken.None);

        difference.Key.ShouldBe(["hour", "station"]);
        (difference.Added, difference.Removed, difference.Changed).ShouldBe((0, 1, 1));
    }

    [Fact]
    public async Task Rows_that_share_a_key_that_was_named_are_compared_in_their_order_and_it_is_told()
    {
        var difference = await OfAsync("id,a\n1,x\n1,y\n2,z\n", "id,a\n1,x\n1,w\n1,v\n2,z\n", ById);

        (difference.Repeated, difference.Changed, difference.Added, difference.Removed).ShouldBe((1, 1, 1, 0));
    }

    [Fact]
    public async Task Columns_of_one_side_only_are_told_and_not_compared()
    {
        var difference = await OfAsync("id,a,old\n1,x,1\n", "new,id,a\n5,1,x\n", ById);

        (difference.Changed, difference.NewColumns.Single(), difference.GoneColumns.Single()).ShouldBe((0, "new", "old"));
    }

    [Fact]
    public async Task Values_of_persons_are_not_shown()
    {
        var difference = await RowComparison.OfAsync(
            Input("id,email,salary\n1,a@b.c,100\n", "id,email,salary\n1,d@e.f,200\n") with { Key = ById, Hidden = ["salary"] },
            new Progress<string>(), CancellationToken.None);

        difference.Examples.ShouldHaveSingleItem().Cells.Skip(1)
            .ShouldBe([new("email", "(not shown)", "(not shown)"), new("salary", "(not shown)", "(not shown)")]);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_counted() =>
        (await OfAsync("id,a\n1,x\n2\n", "id,a\n1,x\n3,y,z\n", ById)).Broken.ShouldBe(2);

    [Fact]
    public async Task A_column_of_the_key_that_is_not_there_is_told() =>
        (await Should.ThrowAsync<UsageException>(OfAsync("id,a\n1,x\n", "id,a\n1,x\n", ["nummer", "a"])))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe("nummer");

    [Fact]
    public async Task Tables_without_a_common_column_are_told() =>
        (await Should.ThrowAsync<StageFailedException>(OfAsync("a\n1\n", "b\n1\n"))).Findings[0].What.ShouldBe("No column in common");

    [Fact]
    public void Counts_are_those_of_a_dictionary_and_memory_changes_nothing() => Prop.ForAll(
        (from rows in Gen.Choose(1, 60) from keys in Gen.Choose(1, 80) from seed in Gen.Choose(0, int.MaxValue) select (rows, keys, seed))
            .ToArbitrary(),
        given =>
        {
            var random = new SplitMix64((ulong)given.seed);
            Dictionary<int, int> before = [], now = [];
            for (var i = 0; i < given.rows; i++)
            {
                before[random.NextInt(given.keys)] = random.NextInt(3);
                now[random.NextInt(given.keys)] = random.NextInt(3);
            }

            var input = Input(Text(before), Text(now)) with { Key = ById };
            var whole = RowComparison.OfAsync(input, new Progress<string>(), CancellationToken.None).GetAwaiter().GetResult();
            var parts = RowComparison.OfAsync(input with { MostBytes = 500 }, new Progress<string>(), CancellationToken.None)
                .GetAwaiter()
                .GetResult();

            whole.Added.ShouldBe(now.Keys.Except(before.Keys).Count());
            whole.Removed.ShouldBe(before.Keys.Except(now.Keys).Count());
            whole.Changed.ShouldBe(now.Count(row => before.TryGetValue(row.Key, out var value) && value != row.Value));
            Encoding.UTF8.GetString(CanonicalJson.Serialize(parts)).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Serialize(whole)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Several_files_are_one_table()
    {
        TableFile[] before = [TableFile.Of("a.csv", "id,v\n1,a\n"u8.ToArray()), TableFile.Of("b.csv", "v,id\nb,2\n"u8.ToArray())];
        TableFile[] now = [TableFile.Of("c.csv", "id,v\n2,c\n1,a\n"u8.ToArray())];

        var difference = await RowComparison.OfAsync(new(before, now) { Key = ById }, new Progress<string>(), CancellationToken.None);

        (difference.RowsBefore, difference.Unchanged, difference.Changed).ShouldBe((2, 1, 1));
        difference.Examples.ShouldHaveSingleItem().Cells[1].ShouldBe(new("v", "b", "c"));
    }

    private static string Text(Dictionary<int, int> rows) =>
        "id,v,w\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Key},{row.Value},same\n")));

    private static RowComparisonInput Input(string before, string now) =>
        new([TableFile.Of("before.csv", Encoding.UTF8.GetBytes(before))], [TableFile.Of("now.csv", Encoding.UTF8.GetBytes(now))]);

    private static Task<RowDifference> OfAsync(string before, string now, string[]? key = null) =>
        RowComparison.OfAsync(Input(before, now) with { Key = key }, new Progress<string>(), CancellationToken.None);
}
