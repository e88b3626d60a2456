using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Gates;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class GateTableTests
{
    [Theory]
    [InlineData(100, 98.5, -0.0, 3, "+1.50 [0.00, +3.00]")]
    [InlineData(100, 100, -0.001, 0.001, "0.00 [0.00, 0.00]")]
    [InlineData(0.541, 0.545, -0.0071, -0.0009, "-0.004 [-0.007, -0.001]")]
    public void What_rounds_to_nothing_has_no_sign_and_small_numbers_keep_their_digits(
        double candidate, double reference, double lower, double upper, string shown)
    {
        var output = new KeptOutput();
        var gate = new GateOutcome("a", "b", candidate, reference, "champion", new(lower, upper, 0.95), Verdict.Passed, "");

        GateTable.Write(output, new([], [gate], [], new Dictionary<string, IReadOnlyList<MetricValue>>()), 1);

        output.Rows.ShouldHaveSingleItem()[3].ShouldBe(shown);
    }
}
