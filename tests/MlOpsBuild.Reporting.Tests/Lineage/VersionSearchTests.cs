using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Lineage.Tests;

public sealed class VersionSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _store;

    public VersionSearchTests() => _store = MlOpsStore.At(_folder.Path, new ManualTime());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2")]
    [InlineData("v2")]
    [InlineData("V2")]
    [InlineData("BikeDemand-v2")]
    [InlineData("bikedemand-V2")]
    [InlineData("BikeDemand v2")]
    public async Task A_version_is_found_by_its_number_and_by_its_name(string text)
    {
        await RegisterAsync("BikeDemand", 12);

        (await FindAsync(text, "BikeDemand")).ShouldBe(["BikeDemand v2"]);
    }

    [Theory]
    [InlineData("bundle BikeDemand 2", "BikeDemand v2")]
    [InlineData("model BikeDemand 3", "BikeDemand v3")]
    [InlineData("data BikeDemand 1", "BikeDemand v1")]
    public async Task A_version_is_found_by_a_digest_of_bundle_model_or_data(string content, string version)
    {
        await RegisterAsync("BikeDemand", 3);
        await RegisterAsync("Other", 3);
        var digest = Digest.Of(content);

        foreach (var text in (string[])
        [
            digest.ToString(), digest.Hex, digest.Abbreviated, digest.Hex[..6], digest.Hex[..9].ToUpperInvariant(),
            "SHA256:" + digest.Hex[..7]
        ])
        {
            (await FindAsync(text, "BikeDemand", "Other")).ShouldBe([version], text);
        }
    }

    [Fact]
    public async Task A_digest_of_which_too_little_is_written_names_nothing()
    {
        await RegisterAsync("BikeDemand", 1);

        (await Should.ThrowAsync<UsageException>(FindAsync(Digest.Of("model BikeDemand 1").Hex[..5], "BikeDemand")))
            .Findings.ShouldHaveSingleItem()
            .Expected.ShouldNotBeNull()
            .ShouldContain("6 digits");
    }

    [Fact]
    public async Task Two_versions_on_the_same_data_are_both_found_by_it()
    {
        await RegisterAsync("BikeDemand", 1, "the same");
        await RegisterAsync("Other", 1, "the same");

        (await FindAsync(Digest.Of("the same").Abbreviated, "BikeDemand", "Other")).ShouldBe(["BikeDemand v1", "Other v1"]);
    }

    [Fact]
    public async Task A_version_is_found_by_the_run_that_made_it()
    {
        await RegisterAsync("BikeDemand", 3);

        (await FindAsync((await _store.Versions("BikeDemand").AllAsync(CancellationToken.None))[1].Run, "BikeDemand"))
            .ShouldBe(["BikeDemand v2"]);
    }

    [Fact]
    public async Task A_number_that_several_pipelines_have_names_a_version_of_each()
    {
        await RegisterAsync("BikeDemand", 2);
        await RegisterAsync("Other", 3);

        (await FindAsync("v2", "BikeDemand", "Other")).ShouldBe(["BikeDemand v2", "Other v2"]);
        (await FindAsync("v3", "BikeDemand", "Other")).ShouldBe(["Other v3"]);
        (await FindAsync("Other-v2", "BikeDemand", "Other")).ShouldBe(["Other v2"]);
    }

    [Fact]
    public async Task Without_a_text_it_is_what_serves()
    {
        await RegisterAsync("BikeDemand", 3);
        await RegisterAsync("Other", 1);
        await _store.Versions("BikeDemand").MoveAsync("champion", null, 2, AliasMoveKind.Promote, "ann", "better", CancellationToken.None);

        (await FindAsync(null, "BikeDemand", "Other")).ShouldBe(["BikeDemand v2"]);
    }

    [Theory]
    [InlineData(null, "Nothing serves yet", "Deploy")]
    [InlineData("v4", "No version is called that", "History")]
    [InlineData("", "No version is called that", "History")]
    [InlineData("sha256:", "No version is called that", "History")]
    [InlineData("BikeDemand", "No version is called that", "History")]
    [InlineData("Other-v1", "No version is called that", "History")]
    public async Task What_names_nothing_is_a_wrong_call_that_says_what_would_have(string? text, string what, string fix)
    {
        await RegisterAsync("BikeDemand", 3);

        var finding = (await Should.ThrowAsync<UsageException>(FindAsync(text, "BikeDemand"))).Findings.ShouldHaveSingleItem();

        (finding.What, finding.Value).ShouldBe((what, text));
        finding.Fix.ShouldNotBeNull().ShouldContain(fix);
    }

    [Fact]
    public async Task A_run_that_is_not_here_does_not_keep_versions_from_being_found()
    {
        await RegisterAsync("BikeDemand", 2);
        Directory.Delete(_folder[".mlops/runs"], recursive: true);

        (await FindAsync("v2", "BikeDemand")).ShouldBe(["BikeDemand v2"]);
        (await FindAsync(Digest.Of("model BikeDemand 1").Abbreviated, "BikeDemand")).ShouldBe(["BikeDemand v1"]);
    }

    private async Task<IReadOnlyList<string>> FindAsync(string? text, params string[] pipelines) =>
        [.. (await VersionSearch.FindAsync(_store, pipelines, text, _ => "champion", CancellationToken.None))
            .Select(found => $"{found.Pipeline} v{found.Version.Number}")];

    private async Task RegisterAsync(string pipeline, int count, string? data = null)
    {
        for (var number = 1; number <= count; number++)
        {
            var run = _store.Runs.NewId(DateTimeOffset.UnixEpoch.AddHours(number));
            await _store.Runs.SaveAsync(
                new()
                {
                    Id = run, Pipeline = pipeline, Started = DateTimeOffset.UnixEpoch, Data = Digest.Of(data ?? $"data {pipeline} {number}")
                },
                CancellationToken.None);
            var bundle = Digest.Of($"bundle {pipeline} {number}");
            await _store.Versions(pipeline).RegisterAsync(
                next => new(next, bundle, Digest.Of($"model {pipeline} {next}"), run, DateTimeOffset.UnixEpoch, false, null), bundle,
                CancellationToken.None);
        }
    }
}
