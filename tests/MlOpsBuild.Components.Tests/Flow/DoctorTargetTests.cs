using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class DoctorTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_whole_store_is_healthy()
    {
        await _run.Store.RegisterAsync(2);

        (await _run.RunAsync<ManualBuild>("Doctor")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("examined: 4 blobs, 4 facts, 0 audit entries");
        _run.Output.ShouldContain("the store is healthy");
    }

    [Fact]
    public async Task What_was_repaired_is_said_and_is_no_failure()
    {
        var damaged = (await _run.Store.Blobs.PutAsync(new byte[10], CancellationToken.None)).Path;
        File.WriteAllText(damaged, "damaged");

        (await _run.RunAsync<ManualBuild>("Doctor")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain($"repaired: {damaged}: Stored content does not match its name");
        File.Exists(damaged).ShouldBeFalse();
    }

    [Fact]
    public async Task A_problem_that_needs_somebody_fails_the_build()
    {
        await _run.Store.RegisterAsync(1);
        File.WriteAllText(Path.Combine(_run.Store.Folder, "registry", "SmallDemand", "versions", "00001.json"), "{ half");

        (await _run.RunAsync<ManualBuild>("Doctor")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("problem: registry/SmallDemand/versions/00001.json: A fact cannot be read");
        _run.Output.ShouldNotContain("healthy");
    }

    [Fact]
    public async Task A_dry_run_repairs_nothing_and_fails_where_something_is_wrong()
    {
        var damaged = (await _run.Store.Blobs.PutAsync(new byte[10], CancellationToken.None)).Path;
        File.WriteAllText(damaged, "damaged");
        var before = StoredFacts.Files(_run.Store.Folder);

        (await _run.RunAsync<ManualBuild>("Doctor", "--dry-run")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("Doctor without --dry-run");
        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
    }

    [Fact]
    public async Task Where_there_is_no_store_there_is_nothing_wrong()
    {
        (await _run.RunAsync<ManualBuild>("Doctor")).ShouldBe(0, _run.Output);

        StoredFacts.Files(_run.Store.Folder).ShouldBeEmpty();
    }
}
