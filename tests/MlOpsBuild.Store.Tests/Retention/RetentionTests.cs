using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Retention.Tests;

public sealed class RetentionTests : IDisposable
{
    private static readonly RetentionPolicy NewestOnly = new(1, null);
    private readonly Machines _machines = new();
    private readonly Machine _machine;

    public RetentionTests() => _machine = _machines.Alone();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task The_newest_runs_and_versions_of_each_pipeline_stay()
    {
        for (var round = 0; round < 3; round++)
        {
            await _machine.RegisterAsync();
            await _machine.RegisterAsync("Other");
        }

        var plan = await ApplyAsync(new(2, null));

        plan.Facts.Where(path => path.StartsWith("registry/", StringComparison.Ordinal))
            .ShouldBe(["registry/Demand/versions/00001.json", "registry/Other/versions/00001.json"]);
        (await NumbersAsync("Demand"), await NumbersAsync("Other")).ShouldBe(("2 3", "2 3"));
        (await _machine.Store.Runs.OfAsync("Demand", CancellationToken.None)).Count.ShouldBe(2);
        (await _machine.Store.Runs.OfAsync("Other", CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_an_alias_names_or_ever_named_stays_with_all_its_content_and_its_run()
    {
        var versions = await RegisterAsync(4);
        await _machine.PromoteAsync(null, 1);
        await _machine.PromoteAsync(1, 2);
        await _machine.PromoteAsync(null, 2, "challenger");

        await ApplyAsync(NewestOnly);

        (await NumbersAsync("Demand")).ShouldBe("1 2 4");
        foreach (var version in (int[])[1, 2, 4])
        {
            await HasAllAsync(versions[version - 1]);
        }

        HasNothingOf(versions[2]);
        (await _machine.Store.Versions("Demand").ResolveAsync("champion", CancellationToken.None)).ShouldBe(versions[1]);
        (await _machine.Store.Versions("Demand").PredecessorsAsync("champion", CancellationToken.None)).ShouldBe([1]);
    }

    /// <summary>Without its signature an image starts nowhere that trusts keys, and only the index of the layout names one.</summary>
    /// <summary>What users were shown, and what came of it, is told for as long as there is a store.</summary>
    [Fact]
    public async Task A_B_tests_stay_with_their_versions()
    {
        var versions = await RegisterAsync(4);
        var test = await _machine.ExperimentAsync(2, 1);
        await _machine.ExperimentAsync(3, 1, pipeline: "Other");

        await ApplyAsync(NewestOnly);

        _machine.Has(test).ShouldBeTrue();
        (await NumbersAsync("Demand")).ShouldBe("1 2 4");
        await HasAllAsync(versions[1]);
        await HasAllAsync(versions[0]);
        HasNothingOf(versions[2]);
    }

    [Fact]
    public async Task What_is_attached_to_something_that_stays_stays_and_goes_with_it()
    {
        var versions = await RegisterAsync(2);
        var images = new List<Digest>();
        var signatures = new List<Digest>();
        foreach (var version in versions)
        {
            var payload = await _machine.PutAsync($"signed {version.Number}");
            images.Add(await _machine.PutAsync(
                $$"""{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "image": {{version.Number}} }"""));
            signatures.Add(await _machine.PutAsync(
                $$"""{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": ["{{payload}}"], "subject": { "digest": "{{images[^1]}}" } }"""));
            signatures.Add(payload);
            var run = (await _machine.Store.Runs.FindAsync(version.Run, CancellationToken.None))!;
            await _machine.Store.Runs.SaveAsync(run with { Image = images[^1] }, CancellationToken.None);
        }

        await File.WriteAllTextAsync(
            _machine["index.json"], $$"""{ "manifests": ["{{string.Join("\", \"", [.. images, signatures[0], signatures[2]])}}"] }""");

        await ApplyAsync(NewestOnly);

        images.Select(_machine.Store.Blobs.Contains).ShouldBe([false, true]);
        signatures.Select(_machine.Store.Blobs.Contains).ShouldBe([false, false, true, true]);
    }

    [Fact]
    public async Task What_runs_here_stays_though_no_fact_names_it_yet()
    {
        var versions = await RegisterAsync(3);

        await new Retention(_machine.Store, _machine.Time, [("Demand", 1)]).ApplyAsync(NewestOnly, CancellationToken.None);

        (await NumbersAsync("Demand")).ShouldBe("1 3");
        await HasAllAsync(versions[0]);
    }

    [Fact]
    public async Task What_was_deployed_somewhere_stays_though_no_alias_names_it()
    {
        var versions = await RegisterAsync(3);
        await _machine.DeployAsync(1);

        await ApplyAsync(NewestOnly);

        (await NumbersAsync("Demand")).ShouldBe("1 3");
        await HasAllAsync(versions[0]);
    }

    [Fact]
    public async Task A_deployment_of_another_pipeline_keeps_no_version_of_this_one()
    {
        await RegisterAsync(3);
        await _machine.DeployAsync(1, pipeline: "Other");

        await ApplyAsync(NewestOnly);

        (await NumbersAsync("Demand")).ShouldBe("3");
    }

    [Fact]
    public async Task What_an_audit_entry_names_stays_version_deployment_and_run()
    {
        var versions = await RegisterAsync(3);
        var deployment = await _machine.DeployAsync(1);
        var other = await _machine.DeployAsync(3);
        var run = await _machine.RunAsync();
        await RegisterAsync(1);
        await _machine.AuditAsync("deploy", Details(("deployment", Path.GetFileNameWithoutExtension(deployment)), ("version", "v1")));
        await _machine.AuditAsync("alias move refused", Details(("from", "v1"), ("to", "v2")));
        await _machine.AuditAsync("retrain", Details(("run", run.Id)));

        await ApplyAsync(NewestOnly);

        (await NumbersAsync("Demand")).ShouldBe("1 2 3 4");
        await HasAllAsync(versions[0]);
        await HasAllAsync(versions[1]);
        (_machine.Has(deployment), _machine.Has(other)).ShouldBe((true, true));
        (await _machine.Store.Runs.FindAsync(run.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_audit_entry_of_another_pipeline_keeps_no_version_of_this_one()
    {
        await RegisterAsync(3);
        await _machine.AuditAsync("deploy", Details(("version", "v1")), pipeline: "SmallDemand");
        await _machine.AuditAsync("deploy", Details(("version", "v12")));

        await ApplyAsync(NewestOnly);

        (await NumbersAsync("Demand")).ShouldBe("3");
    }

    [Fact]
    public async Task What_is_younger_than_the_age_stays_whatever_its_number()
    {
        await RegisterAsync(2);
        var old = await _machine.DeployAsync(9);
        _machine.Time.Advance(TimeSpan.FromDays(10));
        await RegisterAsync(3);
        var young = await _machine.DeployAsync(9);
        var newest = await _machine.DeployAsync(9);

        await ApplyAsync(new(1, TimeSpan.FromDays(5)));

        (await NumbersAsync("Demand")).ShouldBe("3 4 5");
        (await _machine.Store.Runs.OfAsync("Demand", CancellationToken.None)).Count.ShouldBe(3);
        (_machine.Has(old), _machine.Has(young), _machine.Has(newest)).ShouldBe((false, true, true));
    }

    [Fact]
    public async Task Stages_of_runs_that_stay_can_be_restored_and_others_run_again()
    {
        await _machine.RunOfAsync(await _machine.StageAsync(1));
        await _machine.RunOfAsync(await _machine.StageAsync(2));
        await _machine.RunOfAsync(await _machine.StageAsync(3));

        var plan = await ApplyAsync(new(2, null));

        plan.Facts.Count(path => path.StartsWith("stages/", StringComparison.Ordinal)).ShouldBe(1);
        (await _machine.StageAsync(2)).Restored.ShouldBeTrue();
        (await _machine.StageAsync(3)).Restored.ShouldBeTrue();
        (await _machine.StageAsync(1)).Restored.ShouldBeFalse();
    }

    [Fact]
    public async Task Evidence_of_runs_that_stay_stays_and_reports_go_with_their_runs()
    {
        var (first, second) = (await EvidencedAsync("first"), await EvidencedAsync("second"));

        var plan = await ApplyAsync(NewestOnly);

        plan.Reports.ShouldBe([Path.Combine("reports", first.Id)]);
        (_machine.Has($"reports/{first.Id}/report.md"), _machine.Has($"reports/{second.Id}/report.md")).ShouldBe((false, true));
        (_machine.Store.Blobs.Contains(first.Evidence!.Value), _machine.Store.Blobs.Contains(second.Evidence!.Value))
            .ShouldBe((false, true));
    }

    [Fact]
    public async Task Content_that_an_audit_entry_names_stays()
    {
        var named = await _machine.PutAsync("named");
        var unnamed = await _machine.PutAsync("unnamed");
        await _machine.AuditAsync("approve", Details(("model", named.ToString())));

        await ApplyAsync(NewestOnly);

        (_machine.Store.Blobs.Contains(named), _machine.Store.Blobs.Contains(unnamed)).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("half a fa")]
    [InlineData("[]")]
    public async Task A_fact_that_cannot_be_read_stays_for_whoever_repairs_it(string content)
    {
        await RegisterAsync(2);
        Machine.Write(_machine["registry/Demand/versions/00001.json"], content);

        await ApplyAsync(NewestOnly);

        File.ReadAllText(_machine["registry/Demand/versions/00001.json"]).ShouldBe(content);
    }

    [Fact]
    public async Task A_run_that_is_going_on_keeps_its_name()
    {
        await RegisterAsync(2);
        var id = _machine.Store.Runs.NewId(_machine.Time.GetUtcNow());

        await ApplyAsync(NewestOnly);

        _machine.Has($"runs/{id[..8]}/{id}.json").ShouldBeTrue();
    }

    [Fact]
    public async Task The_audit_log_and_the_moves_of_aliases_are_whole_afterwards()
    {
        await RegisterAsync(3);
        for (var move = 0; move < 5; move++)
        {
            await _machine.PromoteAsync(move == 0 ? null : 1 + ((move - 1) % 2), 1 + (move % 2));
            await _machine.AuditAsync("deploy", Details(("version", $"v{1 + (move % 2)}")));
        }

        await ApplyAsync(NewestOnly);

        (await _machine.Store.Audit.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        (await _machine.Store.Audit.ReadAsync(CancellationToken.None)).Count.ShouldBe(5);
        (await _machine.Store.Versions("Demand").HistoryAsync("champion", CancellationToken.None)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_go_and_changes_nothing()
    {
        await RegisterAsync(3);
        await EvidencedAsync("old");
        await EvidencedAsync("new");
        await _machine.StageAsync(1);
        var before = _machine.Files();

        var plan = await new Retention(_machine.Store, _machine.Time).PlanAsync(NewestOnly, CancellationToken.None);

        _machine.Files().ShouldBe(before);
        plan.Facts.ShouldNotBeEmpty();
        plan.Blobs.ShouldNotBeEmpty();
        plan.Reports.ShouldNotBeEmpty();
        var applied = await ApplyAsync(NewestOnly);
        (applied.Facts, applied.Blobs, applied.Reports).ShouldSatisfyAllConditions(
            done => done.Facts.ShouldBe(plan.Facts), done => done.Blobs.ShouldBe(plan.Blobs), done => done.Reports.ShouldBe(plan.Reports));
        (applied.Bytes, applied.KeptFacts).ShouldBe((plan.Bytes, plan.KeptFacts));
    }

    [Fact]
    public async Task Bytes_are_the_size_of_the_content_that_goes()
    {
        await _machine.PutAsync("12345");
        await _machine.PutAsync("1234567");

        (await ApplyAsync(NewestOnly)).Bytes.ShouldBe(12);
    }

    [Fact]
    public async Task A_store_that_is_empty_has_nothing_to_take_away()
    {
        var plan = await ApplyAsync(NewestOnly);

        (plan.Facts.Count, plan.Blobs.Count, plan.Reports.Count, plan.Bytes, plan.KeptFacts).ShouldBe((0, 0, 0, 0L, 0));
        Directory.Exists(_machine.Store.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task After_the_newest_was_kept_the_next_version_gets_the_next_number()
    {
        await RegisterAsync(3);
        await ApplyAsync(NewestOnly);

        (await _machine.RegisterAsync()).Number.ShouldBe(4);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_afterwards()
    {
        await RegisterAsync(4);
        await _machine.PromoteAsync(null, 1);
        await _machine.PromoteAsync(1, 3);
        await _machine.RunOfAsync(await _machine.StageAsync(1));
        await EvidencedAsync("old");
        await EvidencedAsync("new");

        await ApplyAsync(NewestOnly);

        (await new Health.StoreDoctor(_machine.Store, _machine.Time, repairs: false).ExamineAsync(CancellationToken.None))
            .Diagnoses.ShouldBeEmpty();
    }

    private Task<RetentionPlan> ApplyAsync(RetentionPolicy policy) =>
        new Retention(_machine.Store, _machine.Time).ApplyAsync(policy, CancellationToken.None);

    private async Task<IReadOnlyList<Versions.ModelVersion>> RegisterAsync(int count)
    {
        var versions = new List<Versions.ModelVersion>();
        for (var version = 0; version < count; version++)
        {
            versions.Add(await _machine.RegisterAsync());
        }

        return versions;
    }

    private async Task<Runs.RunRecord> EvidencedAsync(string text)
    {
        var evidence = await _machine.PutAsync(text);
        var run = await _machine.RunAsync(change: record => record with { Evidence = evidence });
        Machine.Write(_machine[$"reports/{run.Id}/report.md"], text);
        return run;
    }

    private async Task<string> NumbersAsync(string pipeline) =>
        string.Join(' ', (await _machine.Store.Versions(pipeline).AllAsync(CancellationToken.None)).Select(version => version.Number));

    private async Task HasAllAsync(Versions.ModelVersion version)
    {
        foreach (var digest in _machine.PartsOf(version).Append(version.Bundle))
        {
            (await _machine.Store.Blobs.VerifyAsync(digest, CancellationToken.None)).ShouldBeTrue($"v{version.Number}: {digest}");
        }

        (await _machine.Store.Runs.FindAsync(version.Run, CancellationToken.None)).ShouldNotBeNull($"v{version.Number}");
    }

    private void HasNothingOf(Versions.ModelVersion version)
    {
        _machine.Store.Blobs.Contains(version.Bundle).ShouldBeFalse();
        _machine.Store.Blobs.Contains(version.Model).ShouldBeFalse();
    }

    private static SortedDictionary<string, string> Details(params (string Name, string Value)[] details) =>
        new(details.ToDictionary(detail => detail.Name, detail => detail.Value), StringComparer.Ordinal);
}
