using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class MetricTableTests
{
    [Fact]
    public void Every_metric_is_listed_with_direction_and_rows()
    {
        var table = MetricTable.Of(new("p", [1, 1], [1, 3], [2, 2], new Dictionary<string, double[]>()));

        table.ShouldBe(
        [
            new("RMSE", 1, Direction.LowerIsBetter, 2),
            new("MAE", 1, Direction.LowerIsBetter, 2),
            new("R²", 0, Direction.HigherIsBetter, 2),
            new("Bias", 0, Direction.LowerIsBetter, 2),
        ]);
    }
}
