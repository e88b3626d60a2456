using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Features.Tests;

/// <summary>Features that are made of more than a column's own value: what a row becomes, and that nothing held out is looked at.</summary>
public sealed class MadeFeatureTests
{
    private const string Header = "At,X,Kind,Note,Value\n";
    private static readonly DataTable Rows = Sample.Table<Row>(
        Header + "2024-02-26 00:00,1,a,Slow internet,10\n2024-02-26 12:30,2,a,slow INTERNET again,20\n2024-02-27 00:00,,b,,30\n2024-02-28 00:00,10,c,no complaint,40\n");

    [Fact]
    public void A_missing_number_is_a_constant_where_one_is_given_and_is_told() =>
        Columns(new NumberFeature("X", Missing: -5), standardise: false).ShouldBe(["1 0", "2 0", "-5 1", "10 0"]);

    [Fact]
    public void Rare_values_share_a_column_with_those_never_seen()
    {
        Columns(new OneHotFeature("Kind", Rare: 0.3)).ShouldBe(["1 0", "1 0", "0 1", "0 1"]);
        var term = Terms(new OneHotFeature("Kind", Rare: 0.3)).ShouldHaveSingleItem();
        term.Names.ShouldBe(["Kind=0", "Kind rare"]);
        Made(term, new InputRow([99.0])).ShouldBe("0 1");
    }

    [Fact]
    public void Bins_have_equally_many_rows_and_missing_ones_a_column_of_their_own() =>
        Columns(new BinFeature("X", 3, [])).ShouldBe(["1 0 0 0", "0 1 0 0", "0 0 0 1", "0 0 1 0"]);

    [Fact]
    public void An_edge_belongs_to_the_bin_below_it() =>
        Columns(new BinFeature("X", 3, [1, 5])).ShouldBe(["1 0 0 0", "0 1 0 0", "0 0 0 1", "0 0 1 0"]);

    [Fact]
    public void A_column_of_one_value_and_missing_ones_still_has_bins() =>
        Terms(Sample.Table<Row>(Header + "2024-02-26 00:00,1,a,,1\n2024-02-26 00:00,,a,,2\n"), new BinFeature("X", 4, []))
            .ShouldHaveSingleItem()
            .Width.ShouldBe(3);

    [Fact]
    public void The_end_of_a_cycle_is_beside_its_beginning()
    {
        var columns = new double[2];
        Terms(new CyclicFeature("At", 24, DatePart.Hour))[0].Write(new double[] { Days.Of(new(2024, 2, 26, 18, 0, 0)) }, columns);

        columns[0].ShouldBe(-1, 1e-15);
        columns[1].ShouldBe(0, 1e-15);
    }

    [Fact]
    public void Parts_of_a_full_time_are_those_of_its_own_calendar()
    {
        var leap = Days.Of(new(2024, 2, 29, 23, 59, 59, 999));

        Enum.GetValues<DatePart>().Select(part => DatePartTerm.PartOf(leap, part)).ShouldBe([2, 4, 1, 9, 29, 60, 23, 0]);
        Days.ToTime(leap).ShouldBe(new(2024, 2, 29, 23, 59, 59, 999));
    }

    [Fact]
    public void A_hash_is_the_same_for_a_category_and_for_a_text_of_the_same_letters()
    {
        var category = new HashTerm("Kind", 0, 1000, ["a", "b"]);
        var text = new HashTerm("Kind", 0, 1000, IsText: true);

        Made(category, new InputRow([1.0])).ShouldBe(Made(text, new InputRow([0.0], ["b"])));
        Made(category, new InputRow([0.0])).ShouldNotBe(Made(category, new InputRow([1.0])));
        Made(text, new InputRow([double.NaN])).ShouldBe(string.Join(' ', Enumerable.Repeat("0", 1000)));
    }

    /// <summary>A month was looked up among the free texts.</summary>
    [Fact]
    public void A_hash_of_a_number_is_the_same_whatever_texts_there_are()
    {
        var term = Terms(new HashFeature("X", 1000)).ShouldHaveSingleItem();

        Made(term, new InputRow([3.0], [])).ShouldBe(Made(term, new InputRow([3.0], ["one", "two", "three", "four"])));
        Made(term, new InputRow([3.0])).ShouldNotBe(Made(term, new InputRow([4.0])));
    }

    [Fact]
    public void Values_that_are_all_rare_tell_nothing() =>
        new OneHotFeature("Kind", 0.9).IsConstant(new(Rows, [0, 1, 2, 3], [new OneHotFeature("Kind", 0.9)])).ShouldBeTrue();

    [Fact]
    public void Words_are_counted_whatever_their_case_and_runs_of_them_too()
    {
        var term = Terms(new TextFeature("Note", 100, 2, 2)).ShouldHaveSingleItem().ShouldBeOfType<TextTerm>();

        term.Vocabulary.ShouldBe(["internet", "slow", "slow internet"]);
        Made(term, new InputRow([0.0], ["Slow, slow; very slow INTERNET!"])).ShouldBe("1 3 1");
        Columns(new TextFeature("Note", 100, 1, 2)).ShouldBe(["1 1", "1 1", "0 0", "0 0"]);
    }

    [Fact]
    public void Of_too_many_words_those_of_most_rows_stay() =>
        Terms(new TextFeature("Note", 2, 1, 1))[0].ShouldBeOfType<TextTerm>().Vocabulary.ShouldBe(["internet", "slow"]);

    [Fact]
    public void A_lag_is_the_value_at_that_time_and_missing_where_there_is_none() =>
        Past(new("Value", TimeSpan.FromDays(1))).ShouldBe([double.NaN, double.NaN, 10, 30]);

    [Fact]
    public void A_window_ends_where_it_says_and_leaves_its_first_moment_out() =>
        Past(new("Value", TimeSpan.FromHours(11.5), TimeSpan.FromHours(24))).ShouldBe([double.NaN, 10, 15, 30]);

    [Fact]
    public void A_lag_by_group_sees_the_group_only() =>
        Past(new("Value", TimeSpan.FromHours(12), TimeSpan.FromDays(30), PastStatistic.Maximum, "Kind"))
            .ShouldBe([double.NaN, 10, double.NaN, double.NaN]);

    [Fact]
    public void Missing_values_are_left_out_of_a_window() =>
        Past(new("X", TimeSpan.FromHours(1), TimeSpan.FromDays(30), PastStatistic.Sum)).ShouldBe([double.NaN, 1, 3, 3]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_hold_out_gives_the_same_model(bool standardise)
    {
        FeatureSpec[] features =
        [
            new NumberFeature("X"), new SquareFeature("X", 3), new OneHotFeature("Kind", 0.1), new BinFeature("X", 2, []),
            new CalendarFeature("At", DatePart.Hour), new CyclicFeature("X", 7),
            new HashFeature("Note", 4), new TextFeature("Note", 50, 2, 1), new PastFeature(new("Value", TimeSpan.FromHours(12))),
            new PastFeature(new("Value", TimeSpan.FromHours(1), TimeSpan.FromDays(2))),
        ];
        var held = Sample.Table<Row>(Header
            + "2024-02-26 00:00,1,a,Slow internet,10\n2024-02-26 12:30,2,a,slow INTERNET again,20\n2024-02-27 00:00,,b,,30\n2024-02-28 00:00,9999,b,slow slow words,-7\n");

        Core.CanonicalJson.Serialize(Transform(Rows)).ShouldBe(Core.CanonicalJson.Serialize(Transform(held)));

        object Transform(DataTable table) =>
            TrainingRows.Of(table, new([0, 1, 2], null), features, new(Scoring.TargetTransform.Identity), standardise, 1) is var rows
                ? new { rows.Transform, rows.Fields, Design = rows.Designs().Select(row => row.Design.ToArray()).ToList() }
                : null!;
    }

    [Fact]
    public void A_request_with_a_text_and_a_time_is_read_to_what_was_written()
    {
        FeatureSpec[] features = [new TextFeature("Note", 50, 1, 1), new NumberFeature("At")];
        var fields = new FittingRows(Rows, [0, 1, 2, 3], features).Fields;
        var row = FieldRows.Of(Rows, fields).Skip(1).First();
        var written = RowWriter.Write(fields, new InputRow(row, Rows.Texts));

        written.ToJsonString().ShouldBe("""{"At":"2024-02-26T12:30:00","Note":"slow INTERNET again"}""");
        var read = new RowReader(fields).Read(System.Text.Json.JsonDocument.Parse(written.ToJsonString()).RootElement, "row", [])!;
        (read.Values[0], read.Input.Text(1)).ShouldBe((row[0], "slow INTERNET again"));
    }

    private static double[] Past(PastValues past) => PastColumns.Of(Rows, past);

    private static IReadOnlyList<FeatureTerm> Terms(FeatureSpec feature) => Terms(Rows, feature);

    private static IReadOnlyList<FeatureTerm> Terms(DataTable rows, FeatureSpec feature, bool standardise = false) =>
        new FittingRows(rows, [.. Enumerable.Range(0, rows.Rows)], [feature]).Fit([feature], standardise).Terms;

    private static List<string> Columns(FeatureSpec feature, bool standardise = false)
    {
        var rows = new FittingRows(Rows, [0, 1, 2, 3], [feature]);
        var transform = rows.Fit([feature], standardise);
        return FieldRows.Of(Rows, rows.Fields).Select(row =>
        {
            var design = new double[transform.Width];
            transform.Write(new InputRow(row, Rows.Texts), design);
            return string.Join(' ', design);
        }).ToList();
    }

    private static string Made(FeatureTerm term, InputRow row)
    {
        var columns = new double[term.Width];
        term.Write(row, columns);
        return string.Join(' ', columns);
    }

    private sealed record Row(
        [property: Timestamp] DateTime At,
        double? X,
        [property: Categories("a", "b", "c")] string Kind,
        string? Note,
        [property: Label] double Value);
}
