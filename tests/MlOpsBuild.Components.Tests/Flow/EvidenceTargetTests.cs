using System.IO.Compression;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.EvidencePacks;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What there is on a version, from the command line to the file that is handed on.</summary>
public sealed class EvidenceTargetTests : IDisposable
{
    private const string Declarations = """
        {"annex-iv-5": {"statement": "See the register of risks.", "owner": "Ada", "date": "2026-11-01"}}
        """;

    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_version_is_packed_with_what_its_store_has()
    {
        await PackageAsync();

        (await _run.RunAsync<DeployingBuild>("Evidence", "v1")).ShouldBe(0, _run.Output);

        using var archive = ZipFile.OpenRead(Pack);
        archive.Entries.Select(entry => entry.FullName).ShouldBeSubsetOf(
        [
            "approvals.json", "audit.json", "card.html", "card.md", "contract.json", "deployments.json", "evidence.json", "image.json",
            "index.html", "index.json", "index.md", "lineage.json", "monitoring.json", "profile.json", "retraining.json", "run.json",
            "statement.json", "tuning.json", "version.json",
            .. archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("attestations/", StringComparison.Ordinal)),
        ]);
        var index = await IndexAsync(archive);
        (index.Pipeline, index.Version).ShouldBe((nameof(SmallDemand), 1));
        State(index, "annex-iv-2d").ShouldBe(EvidenceState.Documented);
        State(index, "annex-iv-5").ShouldBe(EvidenceState.Missing);
        _run.Output.ShouldContain("| annex-iv-5");
        _run.Output.ShouldContain("the risk management system");
    }

    [Fact]
    public async Task The_same_version_gives_the_same_file()
    {
        await PackageAsync();
        await _run.RunAsync<DeployingBuild>("Evidence", "v1");
        var first = await File.ReadAllBytesAsync(Pack);

        await _run.RunAsync<DeployingBuild>("Evidence", "v1");

        (await File.ReadAllBytesAsync(Pack)).ShouldBe(first);
    }

    [Fact]
    public async Task What_people_declare_beside_the_pipeline_is_in_it()
    {
        await PackageAsync();
        Write(Declarations);

        (await _run.RunAsync<DeployingBuild>("Evidence", "v1")).ShouldBe(0, _run.Output);

        using var archive = ZipFile.OpenRead(Pack);
        State(await IndexAsync(archive), "annex-iv-5").ShouldBe(EvidenceState.Declared);
        _run.Output.ShouldNotContain("| annex-iv-5");
    }

    /// <summary>Signed once, and refused when somebody changes what was signed.</summary>
    [Fact]
    public async Task Declarations_are_signed_and_stay_what_was_signed()
    {
        var (secret, known, name) = Trust.Create();
        Directory.CreateDirectory(Path.Combine(_run.Root, ".nuke", "keys"));
        await File.WriteAllTextAsync(Path.Combine(_run.Root, ".nuke", "keys", "ada.pem"), known);
        _run.Environment[Trust.Variable] = secret;
        await PackageAsync();
        Write(Declarations);

        (await _run.RunAsync<DeployingBuild>("Evidence", "v1", "--sign-declarations")).ShouldBe(0, _run.Output);

        using (var archive = ZipFile.OpenRead(Pack))
        {
            (await IndexAsync(archive)).Entries.Single(entry => entry.Field.Id == "annex-iv-5").SignedBy.ShouldBe(name);
        }

        Write((await File.ReadAllTextAsync(Declared)).Replace("register of risks", "shelf", StringComparison.Ordinal));
        (await _run.RunAsync<DeployingBuild>("Evidence", "v1")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);
        _run.Output.ShouldContain("The signature is of another text");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed()
    {
        await PackageAsync();
        Write(Declarations);

        (await _run.RunAsync<DeployingBuild>("Evidence", "v1", "--sign-declarations")).ShouldBe(ExitCodes.WrongUsage);

        (await File.ReadAllTextAsync(Declared)).ShouldBe(Declarations);
    }

    [Fact]
    public async Task A_version_that_is_not_known_is_told()
    {
        await PackageAsync();

        (await _run.RunAsync<DeployingBuild>("Evidence", "v7")).ShouldBe(ExitCodes.WrongUsage, _run.Output);
    }

    private string Pack => Path.Combine(_run.Root, ".mlops", "evidence", $"{nameof(SmallDemand)}-v1.zip");

    private string Declared => Path.Combine(_run.Root, "pipelines", nameof(SmallDemand), "declarations.json");

    private async Task PackageAsync() => (await _run.RunAsync<DeployingBuild>("Package", "--no-image")).ShouldBe(0, _run.Output);

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Declared)!);
        File.WriteAllText(Declared, text);
    }

    private static EvidenceState State(EvidencePack index, string field) => index.Entries.Single(entry => entry.Field.Id == field).State;

    private static async Task<EvidencePack> IndexAsync(ZipArchive archive)
    {
        await using var stream = archive.GetEntry("index.json")!.Open();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return CanonicalJson.Deserialize<EvidencePack>(copy.ToArray());
    }
}
