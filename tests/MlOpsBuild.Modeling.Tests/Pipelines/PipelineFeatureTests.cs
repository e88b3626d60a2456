using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Features;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

/// <summary>What may be a feature.</summary>
public sealed class PipelineFeatureTests
{
    [Fact]
    public void A_leak_is_refused_and_named_with_its_reason()
    {
        var finding = Findings(f => f.Number(x => x.Total)).ShouldHaveSingleItem();

        finding.What.ShouldBe("Column may not be a feature: it is the leak (known with the value)");
        finding.Value.ShouldBe("Total");
    }

    [Fact]
    public void Leak_label_and_identifier_are_refused_at_once() =>
        Findings(f => f.Number(x => x.X).Square(x => x.Value).OneHot(x => x.Id).Cross(x => x.Month, x => x.Total))
            .Select(finding => finding.Value).ShouldBe(["Value", "Id", "Total"]);

    [Fact]
    public void A_conversion_around_a_property_is_seen_through() =>
        Specify(f => f.Number(x => (double)x.Month)).Features.ShouldHaveSingleItem().Column.ShouldBe("Month");

    [Fact]
    public void An_expression_that_is_no_property_is_refused() =>
        Findings(f => f.Number(x => x.X * 2)).ShouldHaveSingleItem().What.ShouldBe("Not a property of the row");

    [Fact]
    public void A_property_of_a_property_is_refused_and_not_taken_for_a_column_of_its_name() =>
        Findings(f => f.OneHot(x => x.Day.Month)).ShouldHaveSingleItem().What.ShouldBe("Not a property of the row");

    [Fact]
    public void A_property_of_a_property_that_no_column_is_called_by_is_refused_too() =>
        Findings(f => f.OneHot(x => x.Day.DayOfYear)).ShouldHaveSingleItem().What.ShouldBe("Not a property of the row");

    [Fact]
    public void Free_text_is_refused() =>
        Findings(f => f.OneHot(x => x.Remark)).ShouldHaveSingleItem().Value.ShouldBe("values of Remark, which is a text");

    [Fact]
    public void A_calendar_of_what_is_no_date_is_refused() => Findings(f => f.Calendar(x => x.Month)).ShouldNotBeEmpty();

    [Fact]
    public void A_slice_by_free_text_is_refused() => Should.Throw<UsageException>(() =>
        TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Slice(x => x.Remark)));

    [Fact]
    public void A_slice_of_personal_data_is_refused_because_reports_would_show_it() => Should.Throw<UsageException>(() =>
        TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.Age)).Slice(x => x.Age)))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe("Age");

    [Theory]
    [InlineData(true, typeof(NumberFeature))]
    [InlineData(false, typeof(SquareFeature))]
    public void A_condition_chooses_between_features(bool condition, Type kind) =>
        Specify(f => f.When(condition, x => x.Number(row => row.X), otherwise: x => x.Square(row => row.X))).Features.ShouldHaveSingleItem()
            .ShouldBeOfType(kind);

    [Fact]
    public void A_condition_without_alternative_adds_nothing() =>
        Specify(f => f.Trend(x => x.Day).When(false, x => x.Number(row => row.X))).Features.ShouldBe([new NumberFeature("Day")]);

    [Fact]
    public void Words_of_what_has_categories_or_is_no_text_are_refused() =>
        Findings(f => f.Text(x => x.X)).ShouldHaveSingleItem().Value.ShouldBe("words of x, which is a number");

    [Fact]
    public void The_past_of_a_label_and_of_a_leak_is_known_when_predicting() =>
        Specify(f => f.Lag(x => x.Value, TimeSpan.FromDays(7)).Rolling(
            x => x.Total, TimeSpan.FromDays(1), TimeSpan.FromHours(1), by: x => x.Month))
            .Features.Select(feature => feature.Describe())
            .ShouldBe(["Value_lag_168h", "Total_mean_24h_lag_1h_by_Month"]);

    [Fact]
    public void The_label_of_the_row_itself_does_not_choose_its_earlier_rows() =>
        Findings(f => f.Rolling(x => x.X, TimeSpan.FromDays(1), TimeSpan.FromHours(1), by: x => x.Value))
            .ShouldHaveSingleItem()
            .What.ShouldStartWith("Column may not be a feature: it is the label");

    [Fact]
    public void Earlier_rows_that_may_be_held_out_are_refused() => Should.Throw<UsageException>(() =>
        TestPipeline.Specify(p => TestPipeline.Complete(p)
            .Features(f => f.Lag(x => x.Value, TimeSpan.FromDays(1)))
            .HoldOut(groups: x => x.Month, share: 0.2)))
            .Findings.ShouldHaveSingleItem().Fix.ShouldBe("hold out the last days, or remove .Lag(…) and .Rolling(…)");

    [Fact]
    public void All_wrong_options_are_told_at_once() =>
        Findings(f => f.OneHot(x => x.Month, rare: 1).Hash(x => x.Month, 1).Bin(x => x.X, 1).BinAt(x => x.X, 3.0, 2).Cyclic(x => x.X, 0.0)
            .Lag(x => x.Value, TimeSpan.Zero).Rolling(x => x.Value, TimeSpan.Zero, TimeSpan.FromHours(-1))
            .Text(x => x.Remark, terms: 0, run: 9, atLeast: 0))
            .Count.ShouldBe(11);

    private static PipelineSpec Specify(Action<FeatureBuilder<TestPipeline.Row>> features) =>
        TestPipeline.Specify(p => TestPipeline.Complete(p).Features(features));

    private static IReadOnlyList<Finding> Findings(Action<FeatureBuilder<TestPipeline.Row>> features) =>
        Should.Throw<UsageException>(() => Specify(features)).Findings;
}
