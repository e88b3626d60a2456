using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features.Tests;

public sealed class FittingRowsTests
{
    private static readonly DataTable Rows = Sample.Table<Row>(
        "Day,X,Kind,Same,Value\n2011-02-01,1,5,7,0\n2011-02-06,3,2,7,0\n2011-12-04,5,5,7,0\n");

    [Fact]
    public void Inputs_are_the_columns_read_in_contract_order()
    {
        FeatureSpec[] features = [new CrossFeature("Kind", "X"), new CalendarFeature("Day", DatePart.Month), new NumberFeature("X")];

        Seen(Rows, features).Fields.Select(field => field.Name).ShouldBe(["Day", "X", "Kind"]);
    }

    [Fact]
    public void A_number_is_centred_and_scaled_by_what_was_seen()
    {
        var term = Fit(new NumberFeature("X")).ShouldBeOfType<NumberTerm>();

        term.Mean.ShouldBe(3);
        term.Scale.ShouldBe(Math.Sqrt(8.0 / 3), 1e-15);
    }

    [Fact]
    public void A_square_is_centred_and_scaled_after_squaring()
    {
        // 1, 9, 25.
        var term = Fit(new SquareFeature("X")).ShouldBeOfType<SquareTerm>();

        term.Mean.ShouldBe(35.0 / 3, 1e-14);
        term.Scale.ShouldBe(Math.Sqrt(((1 + 81 + 625) / 3.0) - (35.0 / 3 * 35 / 3)), 1e-13);
    }

    [Fact]
    public void A_constant_is_not_divided_by_nothing() => Fit(new NumberFeature("Same")).ShouldBe(new NumberTerm("Same", 0, 7, 1));

    [Fact]
    public void Values_seen_are_sorted_and_listed_once()
    {
        Fit(new OneHotFeature("Kind")).ShouldBeOfType<OneHotTerm>().Values.ShouldBe([2, 5]);

        var cross = Fit(new CrossFeature("Kind", "X")).ShouldBeOfType<CrossTerm>();
        cross.Name.ShouldBe("Kind×X");
        cross.FirstValues.ShouldBe([2, 5]);
        cross.SecondValues.ShouldBe([1, 3, 5]);
        (cross.FirstField, cross.SecondField).ShouldBe((1, 0));
    }

    [Fact]
    public void Date_parts_seen_are_listed()
    {
        var month = Fit(new CalendarFeature("Day", DatePart.Month)).ShouldBeOfType<DatePartTerm>();
        var weekday = Fit(new CalendarFeature("Day", DatePart.Weekday)).ShouldBeOfType<DatePartTerm>();

        (month.Part, weekday.Part).ShouldBe((DatePart.Month, DatePart.Weekday));
        month.Values.ShouldBe([2, 12]);
        weekday.Values.ShouldBe([(double)DayOfWeek.Sunday, (double)DayOfWeek.Tuesday]);
    }

    [Fact]
    public void Terms_point_at_the_fields_they_read()
    {
        FeatureSpec[] features = [new NumberFeature("Same"), new NumberFeature("X")];
        var transform = Seen(Rows, features).Fit(features, standardise: true);

        transform.Terms.Cast<NumberTerm>().Select(term => (term.Name, term.Field)).ShouldBe([("Same", 1), ("X", 0)]);
        transform.Width.ShouldBe(2);
    }

    [Fact]
    public void What_may_be_missing_and_never_was_has_a_median_and_no_column_of_its_own()
    {
        var rows = Sample.Table<Optional>("Day,X,Kind,Value\n2011-01-01,1,a,0\n2011-01-02,5,b,0\n2011-01-03,3,a,0\n");

        Fit(rows, new NumberFeature("X")).ShouldBe([new NumberTerm("X", 0, 3, Math.Sqrt(8.0 / 3), 3)]);
    }

    /// <summary>A missing date became January.</summary>
    [Fact]
    public void A_missing_category_and_a_missing_date_are_values_of_their_own()
    {
        var rows = Sample.Table<Optional>("Day,X,Kind,Value\n2011-02-01,1,a,0\n,5,,0\n2011-03-03,3,b,0\n");

        Fit(rows, new OneHotFeature("Kind")).ShouldHaveSingleItem().ShouldBeOfType<OneHotTerm>().Values.ShouldBe([double.NaN, 0, 1]);
        var month = Fit(rows, new CalendarFeature("Day", DatePart.Month)).ShouldHaveSingleItem().ShouldBeOfType<DatePartTerm>();
        month.Values.ShouldBe([double.NaN, 2, 3]);
        var columns = new double[3];
        month.Write(new[] { double.NaN }, columns);
        columns.ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void Trees_get_numbers_as_they_are() =>
        Fit(new NumberFeature("X"), standardise: false).ShouldBe(new NumberTerm("X", 0, 0, 1));

    private static FittingRows Seen(DataTable rows, params FeatureSpec[] features) =>
        new(rows, [.. Enumerable.Range(0, rows.Rows)], features);

    private static IReadOnlyList<FeatureTerm> Fit(DataTable rows, FeatureSpec feature) =>
        Seen(rows, feature).Fit([feature], standardise: true).Terms;

    private static FeatureTerm Fit(FeatureSpec feature, bool standardise = true) =>
        Seen(Rows, feature).Fit([feature], standardise).Terms.ShouldHaveSingleItem();

    private sealed record Optional(DateOnly? Day, double? X, [property: Categories("a", "b")] string? Kind, [property: Label] double Value);

    private sealed record Row([property: Timestamp] DateOnly Day, double X, int Kind, double Same, [property: Label] double Value);
}
