using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Packaging.Bundles;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class CardDependencesTests
{
    [Fact]
    public void What_the_model_loses_by_stands_in_its_order() => CardDependences.Of(Of(
        new("hr", 150, new(100, 190, 0.95), 1), new("temp", 20, null, null)))
        .ShouldBe([new CardDependence("hr", "RMSE", 150, 100, 190), new CardDependence("temp", "RMSE", 20, null, null)]);

    [Fact]
    public void What_it_does_not_need_and_pairs_of_inputs_are_left_out() => CardDependences.Of(Of(
        new("hr", 150, null, 1), new("holiday", -0.5, null, 0.1), new("month", 0, null, 0.1), new("hr×sky", null, null, 2)))
        .Select(part => part.Input).ShouldBe(["hr"]);

    [Fact]
    public void Ten_of_them_are_enough() => CardDependences.Of(Of(
        [.. Enumerable.Range(1, 30).Select(number => new ColumnImportance($"x{number}", 31 - number, null, null))]))
        .Count.ShouldBe(10);

    [Fact]
    public void Evidence_from_before_has_none() => CardDependences.Of(null).ShouldBeEmpty();

    private static ModelExplanation Of(params ColumnImportance[] columns) => new("RMSE", 1000, "cnt", columns, []);
}
