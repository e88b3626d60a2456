using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class RetrainTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Without_any_policy_the_call_is_wrong_and_says_what_to_add()
    {
        (await _run.RunAsync<DeployingBuild>("Retrain")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("Nothing says when to train anew");
        _run.Output.ShouldContain(".Retrain(r => r.Every(");
        (await _run.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_serves_nothing_is_trained_anew()
    {
        (await _run.RunAsync<DeployingBuild>("Retrain", "--now")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand/local: no version serves yet; the first is trained by ./build.sh Train Deploy");
        (await _run.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_comes_after_a_look_at_what_serves_also_when_that_failed()
    {
        // Nothing to look after is a wrong call of Monitor's; the other target has its turn all the same.
        (await _run.RunAsync<DeployingBuild>("Retrain", "Monitor", "--now")).ShouldBe(2, _run.Output);

        var (looked, trained) = (
            _run.Output.IndexOf("There is nothing to look after", StringComparison.Ordinal),
            _run.Output.IndexOf("no version serves yet; the first", StringComparison.Ordinal));
        looked.ShouldBeGreaterThan(0);
        trained.ShouldBeGreaterThan(looked);
    }
}
