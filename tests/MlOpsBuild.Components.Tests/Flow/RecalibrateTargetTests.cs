using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class RecalibrateTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("sigmoid", "No such way to calibrate 'sigmoid'; expected platt or isotonic")]
    [InlineData("7", "No such way to calibrate '7'")]
    [InlineData("platt", "Nothing serves that could be calibrated anew")]
    [InlineData("Isotonic", "Nothing serves that could be calibrated anew")]
    public async Task What_cannot_be_calibrated_is_told_before_anything_is_fitted(string method, string told)
    {
        (await _run.RunAsync<DeployingBuild>("Train", "--recalibrate", method)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain(told);
    }

    [Fact]
    public async Task A_champion_of_numbers_has_no_probabilities()
    {
        (await _run.RunAsync<DeployingBuild>("Package", "--no-image")).ShouldBe(0, _run.Output);
        _run.Store.Move(1, null, 1, 2);

        (await _run.RunAsync<DeployingBuild>("Train", "--recalibrate", "platt")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("This model cannot be calibrated anew 'it predicts numbers'");
    }
}
