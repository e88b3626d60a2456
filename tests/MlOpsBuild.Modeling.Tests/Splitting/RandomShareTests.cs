using MlOpsBuild.TestKit.Data;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Splitting.Tests;

public sealed class RandomShareTests
{
    private static readonly DataTable Table = Rows(1_000);

    [Fact]
    public void A_share_is_held_out_and_never_trained_on()
    {
        var split = new RandomShare(0.2, Stratified: false).Split(Table, 1);

        split.HeldOut.Count.ShouldBe(200);
        split.Training.Count.ShouldBe(800);
        split.Training.Intersect(split.HeldOut).ShouldBeEmpty();
        split.Unit.ShouldBe(BlockUnit.Row);
        split.Block.ShouldBe(split.HeldOut);
    }

    [Fact]
    public void Of_classes_the_same_share_of_each_is_held_out()
    {
        var split = new RandomShare(0.25, Stratified: true).Split(Table, 1);

        foreach (var label in (double[])[0, 1])
        {
            var all = Table.Label.Count(value => value == label);
            split.HeldOut.Count(row => Table.Label[row] == label).ShouldBe((int)Math.Round(all * 0.25));
        }
    }

    [Fact]
    public void The_seed_decides_and_nothing_else_does()
    {
        var split = new RandomShare(0.2, Stratified: true).Split(Table, 7);
        var mixed = Enumerable.Range(0, Table.Rows).OrderBy(row => row * 7919 % Table.Rows).ToArray();

        new RandomShare(0.2, Stratified: true).Split(Table, 7).HeldOut.ShouldBe(split.HeldOut);
        new RandomShare(0.2, Stratified: true).Split(Table, 8).HeldOut.ShouldNotBe(split.HeldOut);
        new RandomShare(0.2, Stratified: true).Split(Table.Select(mixed), 7).HeldOut.Select(row => mixed[row]).Order()
            .ShouldBe(split.HeldOut);
    }

    /// <summary>
    /// A row that was held out stays so when others come, but for those at the cut: a champion must not be
    /// compared on what it was trained on.
    /// </summary>
    [Fact]
    public void New_rows_move_only_the_cut()
    {
        var (before, after) =
            (new RandomShare(0.2, Stratified: true).Split(Table, 1), new RandomShare(0.2, Stratified: true).Split(Rows(1_100), 1));

        before.HeldOut.Except(after.HeldOut).Concat(after.HeldOut.Where(row => row < 1_000).Except(before.HeldOut)).Count()
            .ShouldBeLessThan(15);
        after.HeldOut.Zip(after.Places!)
            .Where(row => row.First < 1_000 && row.Second < before.Cuts[RandomShare.StratumOf(Rows(1_100).Label[row.First])])
            .ShouldAllBe(row => before.HeldOut.Contains(row.First));
    }

    [Fact]
    public void Equal_rows_are_on_one_side()
    {
        var table =
            Sample.Table<Unnamed>("X,Value\n" + string.Concat(Enumerable.Range(0, 400).Select(row => $"{row % 40},{row % 40 % 2}\n")));

        var split = new RandomShare(0.25, Stratified: false).Split(table, 1);

        split.HeldOut.Select(row => table.Columns["X"][row]).Intersect(split.Training.Select(row => table.Columns["X"][row]))
            .ShouldBeEmpty();
        split.HeldOut.Count.ShouldBe(100);
    }

    [Fact]
    public void Rows_without_a_label_are_in_neither_part()
    {
        var table = Sample.Table<Unlabelled>(
            "X,Value\n" + string.Concat(Enumerable.Range(0, 100).Select(row => $"{row},{(row >= 90 ? "" : "1")}\n")));

        var split = new RandomShare(0.5, Stratified: false).Split(table, 1);

        split.Unlabelled.ShouldBe(10);
        split.Training.Concat(split.HeldOut).Order().ShouldBe(Enumerable.Range(0, 90));
    }

    [Fact]
    public void A_champion_of_another_draw_was_trained_on_these_rows()
    {
        var share = new RandomShare(0.2, Stratified: true);
        var facts = new SplitFacts { HoldOut = share.Describe(), Seed = 1 };

        share.Overlap(facts, facts).ShouldBeNull();
        share.Overlap(facts, facts with { Seed = 2 })!.ShouldContain("trained on");
        share.Overlap(facts, facts with { HoldOut = "the last 60 days" })!.ShouldContain("the last 60 days");
    }

    [Fact]
    public void Groups_are_on_one_side_and_are_the_blocks()
    {
        var table = Sample.Table<Grouped>(
            "Id,House,Value\n" + string.Concat(Enumerable.Range(0, 900).Select(row => $"{row},{row % 90},{row % 2}\n")));

        var split = new GroupShare("House", 0.3).Split(table, 1);

        split.HeldOut.Select(row => row % 90).Intersect(split.Training.Select(row => row % 90)).ShouldBeEmpty();
        split.HeldOut.Count.ShouldBeInRange(150, 390);
        split.Unit.ShouldBe(BlockUnit.Group);
        split.Block.Distinct().Count().ShouldBe(split.HeldOut.Select(row => row % 90).Distinct().Count());
        split.HeldOut.Zip(split.Block).GroupBy(row => row.Second)
            .ShouldAllBe(group => group.Select(row => row.First % 90).Distinct().Count() == 1);
    }

    [Fact]
    public void Files_of_their_own_are_held_out_and_begin_their_time_anew()
    {
        (string, byte[])[] files =
        [
            ("train.csv", "Day,Value\n2011-01-01,1\n2011-01-02,2\n"u8.ToArray()),
            ("test.csv", "Day,Value\n2010-01-01,3\n2010-01-01,4\n"u8.ToArray())
        ];
        var table = MemoryFiles.Read(files, ContractReader.Of<Timed>(), heldOut: 1, CancellationToken.None).Table!;

        var split = new OwnFiles(Data.Sources.DataSource.Files("test.csv")).Split(table, 1);

        split.Training.ShouldBe([0, 1]);
        split.HeldOut.ShouldBe([2, 3]);
        split.Unit.ShouldBe(BlockUnit.Day);
        split.Block.Distinct().ShouldHaveSingleItem();
        MemoryFiles.Read(files, ContractReader.Of<Timed>(), CancellationToken.None)
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("Time out of order");
    }

    private static DataTable Rows(int count)
    {
        var random = new SplitMix64(3);
        var text = new StringBuilder("Id,X,Value\n");
        for (var row = 0; row < count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{random.NextDouble()},{(random.NextDouble() < 0.1 ? 1 : 0)}\n");
        }

        return Sample.Table<Row>(text.ToString());
    }

    private sealed record Row([property: Identifier] int Id, double X, [property: Label] bool Value);

    private sealed record Unnamed(int X, [property: Label] bool Value);

    private sealed record Unlabelled(int X, [property: Label] double? Value);

    private sealed record Grouped([property: Identifier] int Id, int House, [property: Label] bool Value);

    /// <summary>Rows of free text alone had one place, and none was held out.</summary>
    [Fact]
    public void Rows_that_differ_in_their_texts_alone_are_drawn_each_by_itself()
    {
        var table = Sample.Table<Complaint>(
            "Text,Urgent\n" + string.Concat(Enumerable.Range(0, 400).Select(row => $"complaint {row},{row % 2}\n")));
        var split = new RandomShare(0.25, true).Split(table, 1);

        split.HeldOut.Count.ShouldBe(100);
        var turned = Sample.Table<Complaint>(
            "Text,Urgent\n" + string.Concat(Enumerable.Range(0, 400).Reverse().Select(row => $"complaint {row},{row % 2}\n")));
        new RandomShare(0.25, true).Split(turned, 1).HeldOut.Select(row => 399 - row).ShouldBe(split.HeldOut, ignoreOrder: true);
    }

    private sealed record Complaint(string Text, [property: Label] bool Urgent);

    private sealed record Timed([property: Timestamp] DateOnly Day, [property: Label] double Value);
}
