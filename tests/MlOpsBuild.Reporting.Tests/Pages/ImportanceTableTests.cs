using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Reporting.Charts;

namespace MlOpsBuild.Reporting.Pages.Tests;

public sealed class ImportanceTableTests
{
    private static readonly ModelExplanation Explanation = new(
        "RMSE", 1000, "log(1 + cnt)",
        [
            new("hr", 149.5, new(104.7, 190.3, 0.95), 0.971), new("temp", 20.4, null, 0.285),
            new("holiday", -0.25, new(-1, 0.5, 0.95), 0.01),
            new("hr×workingday", null, null, 0.4),
        ],
        [
            new("hr", "cnt", [new(0, 50), new(17, 400)]), new("sky", "cnt", [new(0, 200, "blue"), new(1, 150, "grey")]),
        ]);

    [Fact]
    public void Inputs_stand_with_what_is_lost_without_them_and_what_they_add()
    {
        var table = ImportanceTable.Of(Explanation);

        table.Headers.ShouldBe(["depends on", "RMSE worse when shuffled", "[95 %]", "adds on average, log(1 + cnt)"]);
        table.Rows[0].ShouldBe(["hr", "+149.5", "[+104.7, +190.3]", "± 0.971"]);
        table.Rows[1].ShouldBe(["temp", "+20.4", "", "± 0.285"]);
        table.Rows[3].ShouldBe(["hr×workingday", "–", "", "± 0.400"]);
    }

    [Fact]
    public void A_model_that_tells_no_contributions_has_no_column_of_them() =>
        ImportanceTable.Of(Explanation with { Unit = null }).Headers.Count.ShouldBe(3);

    [Fact]
    public void Where_nothing_is_known_there_is_no_table() => ImportanceTable.Of(null).Any.ShouldBeFalse();

    [Fact]
    public void Ten_of_them_are_enough() => ImportanceTable.Of(Explanation with
    {
        Columns = [.. Enumerable.Range(0, 40).Select(number => new ColumnImportance($"x{number}", 40 - number, null, null))],
    }).Rows.Count.ShouldBe(10);

    [Fact]
    public void What_is_lost_is_drawn_where_something_is()
    {
        var charts = ExplanationCharts.Of(Explanation).ToList();

        charts[0].Title.ShouldBe("RMSE lost when an input is shuffled");
        charts[0].Marks.Select(mark => mark.Text).ShouldBe(["hr", "temp"]);
        ExplanationCharts.Of(Explanation with { Columns = [], Dependence = [] }).ShouldBeEmpty();
    }

    [Fact]
    public void Predictions_are_drawn_by_the_values_of_an_input_by_name_where_they_have_one()
    {
        var charts = ExplanationCharts.Of(Explanation).Skip(1).ToList();

        charts.Select(chart => chart.Title).ShouldBe(["Mean prediction of cnt by hr", "Mean prediction of cnt by sky"]);
        charts[0].Marks.ShouldBeEmpty();
        charts[1].Marks.Select(mark => mark.Text).ShouldBe(["blue", "grey"]);
        charts[0].Series[0].Points.Select(point => (point.X, point.Y)).ShouldBe([(0, 50), (17, 400)]);
    }
}
