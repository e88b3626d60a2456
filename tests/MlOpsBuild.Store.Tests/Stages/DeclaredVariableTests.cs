using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class DeclaredVariableTests : IDisposable
{
    private readonly Machines _machines = new();
    private readonly Machine _machine;

    public DeclaredVariableTests() => _machine = _machines.Alone();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task Another_value_of_a_declared_variable_makes_the_stage_run_and_is_the_reason()
    {
        await RunAsync(["THREADS"], ("THREADS", "1"));

        var run = await RunAsync(["THREADS"], ("THREADS", "2"));

        (run.Restored, run.Reason).ShouldBe((false, "variable THREADS changed"));
        (await RunAsync(["THREADS"], ("THREADS", "1"))).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task A_variable_nobody_declared_changes_nothing()
    {
        await RunAsync(["THREADS"], ("THREADS", "1"), ("HOME", "/home/ann"));

        (await RunAsync(["THREADS"], ("THREADS", "1"), ("HOME", "/home/bob"), ("OTHER", "1"))).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task An_absent_variable_an_empty_one_and_a_filled_one_are_three_things()
    {
        var keys = new[]
        {
            (await RunAsync(["THREADS"])).Key, (await RunAsync(["THREADS"], ("THREADS", ""))).Key,
            (await RunAsync(["THREADS"], ("THREADS", "="))).Key
        };

        keys.Distinct().Count().ShouldBe(3);
        (await RunAsync(["THREADS"])).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_variables_that_exchange_their_values_are_a_change()
    {
        await RunAsync(["ONE", "TWO"], ("ONE", "a"), ("TWO", "b"));

        (await RunAsync(["ONE", "TWO"], ("ONE", "b"), ("TWO", "a"))).Restored.ShouldBeFalse();
    }

    [Fact]
    public async Task A_variable_declared_from_now_on_is_a_change()
    {
        await RunAsync([], ("THREADS", "1"));

        (await RunAsync(["THREADS"], ("THREADS", "1"))).Reason.ShouldBe("variable THREADS changed");
    }

    [Fact]
    public async Task The_value_of_a_variable_is_written_nowhere()
    {
        await RunAsync(["TOKEN"], ("TOKEN", "hunter2-is-a-secret"));

        Directory.GetFiles(_machine.Store.Folder, "*", SearchOption.AllDirectories)
            .ShouldAllBe(file => !File.ReadAllText(file).Contains("hunter2-is-a-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_platform_is_a_part_of_the_key()
    {
        var run = await RunAsync([]);

        var entry = CanonicalJson.Deserialize<StageEntry>(File.ReadAllBytes(_machine[$"stages/{run.Key.Hex[..2]}/{run.Key.Hex}.json"]));
        entry.Inputs.Single(input => input.Name == "platform").Value.ShouldBe(RuntimeInformation.RuntimeIdentifier);
        Digest.Of(CanonicalJson.Serialize(entry.Inputs.Select(part => new[] { part.Name, part.Value }))).ShouldBe(run.Key);
        var elsewhere = entry.Inputs.Select(part => part.Name == "platform" ? part with { Value = "osx-arm64" } : part);
        Digest.Of(CanonicalJson.Serialize(elsewhere.Select(part => new[] { part.Name, part.Value }))).ShouldNotBe(run.Key);
    }

    [Fact]
    public async Task Another_platform_is_the_reason_with_both_names()
    {
        var run = await RunAsync([]);
        File.Delete(_machine[$"stages/{run.Key.Hex[..2]}/{run.Key.Hex}.json"]);
        var last = _machine["stages/last/Demand-declaring.json"];
        File.WriteAllText(
            last, File.ReadAllText(last).Replace(RuntimeInformation.RuntimeIdentifier, "osx-arm64", StringComparison.Ordinal));

        (await RunAsync([])).Reason.ShouldBe($"platform osx-arm64 → {RuntimeInformation.RuntimeIdentifier}");
    }

    private Task<StageRun<string>> RunAsync(IReadOnlyList<string> declared, params (string Name, string Value)[] variables) =>
        _machine.Store
            .Stages("Demand", variables.ToDictionary(variable => variable.Name, variable => variable.Value))
            .RunAsync(new DeclaringStage(), declared, new ReportedLines(), CancellationToken.None);
}
