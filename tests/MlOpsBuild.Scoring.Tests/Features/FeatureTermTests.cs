namespace MlOpsBuild.Scoring.Features.Tests;

public sealed class FeatureTermTests
{
    private static readonly double Leap = new DateOnly(2012, 2, 29).DayNumber;

    [Fact]
    public void A_number_is_standardised()
    {
        var term = new NumberTerm("temp", 1, Mean: 3, Scale: 2);

        Columns(term, [100, 7]).ShouldBe([2]);
        term.Names.ShouldBe(["temp"]);
    }

    [Fact]
    public void A_square_is_standardised_after_squaring()
    {
        var term = new SquareTerm("temp", 0, Mean: 4, Scale: 5);

        Columns(term, [3]).ShouldBe([1]);
        Columns(term, [-3]).ShouldBe([1]);
        term.Names.ShouldBe(["temp²"]);
    }

    [Theory]
    [InlineData(1, new double[] { 1, 0, 0 })]
    [InlineData(5, new double[] { 0, 0, 1 })]
    [InlineData(4, new double[] { 0, 0, 0 })]
    public void A_value_gets_its_column_and_an_unseen_value_none(double value, double[] columns)
    {
        var term = new OneHotTerm("weather", 0, [1, 3, 5]);

        Columns(term, [value]).ShouldBe(columns);
        term.Names.ShouldBe(["weather=1", "weather=3", "weather=5"]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(7, 0, 2)]
    [InlineData(7, 1, 3)]
    [InlineData(7, 2, -1)]
    [InlineData(8, 1, -1)]
    public void A_pair_gets_its_column_and_an_unseen_value_none(double hour, double working, int position)
    {
        var term = new CrossTerm("hour×working", 2, [0, 7], 0, [0, 1]);

        Columns(term, [working, 99, hour]).ShouldBe([.. Enumerable.Range(0, 4).Select(column => column == position ? 1.0 : 0)]);
        term.Names.ElementAt(2).ShouldBe("hour×working=7×0");
        term.Names.Count().ShouldBe(term.Width);
    }

    [Fact]
    public void A_date_gives_month_and_weekday()
    {
        DatePartTerm.PartOf(Leap, DatePart.Month).ShouldBe(2);
        DatePartTerm.PartOf(Leap, DatePart.Weekday).ShouldBe((double)DayOfWeek.Wednesday);
        DatePartTerm.PartOf(0, DatePart.Month).ShouldBe(1);
    }

    [Fact]
    public void A_date_part_gets_its_column_and_an_unseen_part_none()
    {
        Columns(new DatePartTerm("day", 0, DatePart.Month, [1, 2]), [Leap]).ShouldBe([0, 1]);
        Columns(new DatePartTerm("day", 0, DatePart.Weekday, [0, 3]), [Leap]).ShouldBe([0, 1]);
        Columns(new DatePartTerm("day", 0, DatePart.Month, [1, 3]), [Leap]).ShouldBe([0, 0]);
        new DatePartTerm("day", 0, DatePart.Month, [1, 3]).Names.ShouldBe(["day.Month=1", "day.Month=3"]);
    }

    private static double[] Columns(FeatureTerm term, double[] row)
    {
        var columns = new double[term.Width];
        term.Write(row, columns);
        return columns;
    }
}
