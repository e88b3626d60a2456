using MlOpsBuild.Store;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

/// <summary>Versions and aliases of ours and the registered model of the pipeline's name.</summary>
public sealed class VersionMirrorTests : MirrorWorld
{
    [Fact]
    public async Task A_version_is_registered_once_with_our_number_its_run_and_its_files()
    {
        var version = await Store.KeepVersionAsync();

        (await MirrorAsync(version.Run)).Versions.ShouldBe(1);
        (await MirrorAsync(version.Run)).Versions.ShouldBe(0);

        var there = Server.Models["Demand"].Versions.ShouldHaveSingleItem();
        there.Tags["mlops.version"].ShouldBe("1");
        there.Tags["mlops.bundle"].ShouldBe(version.Bundle.ToString());
        there.Tags["mlops.git.commit"].ShouldBe("0123456789012345678901234567890123456789");
        there.Run.ShouldBe(Server.Runs.Single().Id);
        there.Source.ShouldBe($"mlflow-artifacts:/1/{there.Run}/artifacts/model");
        Server.Models["Demand"].Tags["mlops.pipeline"].ShouldBe("Demand");
        var folder = $"1/{there.Run}/artifacts/model/";
        Server.Artifacts.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => path[folder.Length..])
            .ShouldBe(["MLmodel", "model.json"]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_version_that_did_not_arrive_goes_with_the_next_build(int status)
    {
        var (version, broken) = (await Store.KeepVersionAsync(), true);
        Server.FailNext(100, status, which: call => broken && call == "POST mlflow/model-versions/create");

        var report = await MirrorAsync(version.Run);

        (report.Runs, report.Versions, report.Waiting).ShouldBe((1, 0, 1));
        broken = false;
        (await MirrorAsync()).Versions.ShouldBe(1);
        (await MirrorAsync()).Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Aliases_follow_every_deployment_and_rollback()
    {
        var (first, second) = (await Store.KeepVersionAsync(), await Store.KeepVersionAsync());
        await Store.MoveAsync(1);
        (await MirrorAsync(first.Run, second.Run)).Moves.ShouldBe(["Demand@champion is v1 (version 1 there)"]);

        await Store.MoveAsync(2);
        (await MirrorAsync()).Moves.ShouldBe(["Demand@champion is v2 (version 2 there, it was version 1)"]);
        Server.Models["Demand"].Aliases["champion"].ShouldBe("2");

        await Store.MoveAsync(1);
        await Store.MoveAsync(2, "challenger");
        (await MirrorAsync()).Moves.Count.ShouldBe(2);
        Server.Models["Demand"].Aliases.ShouldBe(
            new Dictionary<string, string> { ["champion"] = "1", ["challenger"] = "2" }, ignoreOrder: true);
    }

    [Fact]
    public async Task An_alias_that_names_nothing_any_more_is_taken_away_there()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);
        await MirrorAsync(version.Run);

        await Store.MoveAsync(null);

        (await MirrorAsync()).Moves.ShouldBe(["Demand@champion is gone (it was version 1)"]);
        Server.Models["Demand"].Aliases.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_no_alias_moved_nobody_is_asked()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);
        await MirrorAsync(version.Run);
        var before = Server.Requests.Count;

        (await MirrorAsync()).BroughtSomething.ShouldBeFalse();

        Server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task An_alias_that_was_moved_there_by_hand_is_moved_back_and_told()
    {
        var (first, second) = (await Store.KeepVersionAsync(), await Store.KeepVersionAsync());
        await Store.MoveAsync(1);
        await MirrorAsync(first.Run, second.Run);
        Server.Models["Demand"].Aliases["champion"] = "2";

        (await EverythingAsync()).Moves.ShouldBe(["Demand@champion is v1 (version 1 there, it was version 2)"]);
    }

    [Fact]
    public async Task A_version_that_an_alias_names_is_registered_though_no_build_made_it_now()
    {
        await Store.KeepVersionAsync();
        await Store.MoveAsync(1);

        var report = await MirrorAsync();

        (report.Runs, report.Versions).ShouldBe((1, 1));
        Server.Models["Demand"].Aliases["champion"].ShouldBe("1");
    }

    [Fact]
    public async Task A_version_that_was_deleted_there_is_registered_anew_when_an_alias_names_it()
    {
        var (first, second) = (await Store.KeepVersionAsync(), await Store.KeepVersionAsync());
        await Store.MoveAsync(1);
        await MirrorAsync(first.Run, second.Run);
        Server.DeleteVersion("Demand", "2");
        await Store.MoveAsync(2);

        (await MirrorAsync()).Problems.ShouldBeEmpty();

        Server.Models["Demand"].Aliases["champion"].ShouldBe("3");
        Server.Models["Demand"].Versions[^1].Tags["mlops.version"].ShouldBe("2");
    }

    /// <summary>What is remembered of a version is believed until the server says otherwise.</summary>
    [Fact]
    public async Task A_version_that_is_remembered_and_gone_is_registered_anew()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);
        await MirrorAsync(version.Run);
        Server.DeleteVersion("Demand", "1");
        await Store.MoveAsync(1, "docker");

        (await MirrorAsync()).Problems.ShouldBeEmpty();

        Server.Models["Demand"].Aliases.ShouldBe(
            new Dictionary<string, string> { ["champion"] = "2", ["docker"] = "2" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Everything_is_compared_whatever_is_remembered()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);
        await MirrorAsync(version.Run);
        Server.DeleteVersion("Demand", "1");

        (await EverythingAsync()).Versions.ShouldBe(1);

        Server.Models["Demand"].Aliases["champion"].ShouldBe("2");
    }

    [Fact]
    public async Task A_version_that_the_team_renumbered_gets_its_new_number()
    {
        var version = await Store.KeepVersionAsync();
        await MirrorAsync(version.Run);
        var folder = Path.Combine(Store.Folder, "registry", "Demand", "versions");
        var renumbered = version with { Number = 4 };
        File.Delete(Path.Combine(folder, "00001.json"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "00004.json"), Core.CanonicalJson.Serialize(renumbered));

        (await EverythingAsync()).Problems.ShouldBeEmpty();

        Server.Models["Demand"].Versions.ShouldHaveSingleItem().Tags["mlops.version"].ShouldBe("4");
    }

    [Fact]
    public async Task The_registered_model_of_somebody_else_is_left_alone()
    {
        Server.Register("Demand", new Dictionary<string, byte[]>(), alias: "champion");
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);

        var report = await MirrorAsync(version.Run);

        report.Runs.ShouldBe(1);
        report.Problems.ShouldAllBe(problem => problem.Contains("[MLB4053]"));
        report.Problems.Count.ShouldBeGreaterThan(0);
        Server.Models["Demand"].Versions.ShouldHaveSingleItem();
        Server.Models["Demand"].Aliases["champion"].ShouldBe("1");
    }

    [Fact]
    public async Task Whoever_proposes_a_change_moves_nothing()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);

        var report = await NewMirror().RunAsync(
            new([Sample.Pipeline], [version.Run]) { TakesVersions = false }, CancellationToken.None);

        report.Runs.ShouldBe(1);
        Server.Models.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_whose_run_nobody_knows_is_told_of()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(1);
        Directory.Delete(Path.Combine(Store.Folder, "runs"), recursive: true);

        var report = await MirrorAsync();

        report.Notes.ShouldHaveSingleItem().ShouldContain($"the run that made it, {version.Run}, is not known here");
        report.Problems.ShouldBeEmpty();
    }
}
