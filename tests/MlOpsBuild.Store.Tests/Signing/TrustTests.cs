using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Signing.Tests;

/// <summary>Whoever may write the team's state does not thereby decide what runs.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly (string Private, string Public, string Name) _pair = Trust.Create();

    public TrustTests()
    {
        Directory.CreateDirectory(_folder[".nuke/keys"]);
        File.WriteAllText(_folder[".nuke/keys/team.pem"], _pair.Public);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_trusted_key_signs_is_believed()
    {
        var registry = Registry(_pair.Private);
        await MoveAsync(registry, null, await RegisterAsync(registry, "one"));

        (await registry.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(1);
        (await registry.DoubtsAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_nobody_or_somebody_else_signed_is_told_and_not_acted_upon(bool other)
    {
        var mine = Registry(_pair.Private);
        await MoveAsync(mine, null, await RegisterAsync(mine, "one"));
        var theirs = Registry(other ? Trust.Create().Private : null);

        await MoveAsync(theirs, 1, await RegisterAsync(theirs, "two"));

        (await mine.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(1);
        var doubts = await mine.DoubtsAsync(CancellationToken.None);
        doubts.Count.ShouldBe(2);
        doubts.ShouldAllBe(doubt => doubt.What == "Not signed by anybody this environment trusts");
    }

    [Fact]
    public async Task A_signed_move_that_is_put_behind_a_newer_one_once_more_is_not_believed()
    {
        var registry = Registry(_pair.Private);
        await MoveAsync(registry, null, await RegisterAsync(registry, "one"));
        await MoveAsync(registry, 1, await RegisterAsync(registry, "two"));
        await MoveAsync(registry, 2, 1, AliasMoveKind.Rollback);
        File.Copy(MoveFile(2), MoveFile(4));

        (await registry.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"to\": 2", "\"to\": 1")]
    [InlineData("\"kind\": \"Promote\"", "\"kind\": \"Rollback\"")]
    [InlineData("\"actor\": \"ann\"", "\"actor\": \"eve\"")]
    public async Task A_changed_move_is_not_believed(string was, string now)
    {
        var registry = Registry(_pair.Private);
        await MoveAsync(registry, null, await RegisterAsync(registry, "one"));
        await MoveAsync(registry, 1, await RegisterAsync(registry, "two"));
        var text = File.ReadAllText(MoveFile(2));
        text.ShouldContain(was);

        File.WriteAllText(MoveFile(2), text.Replace(was, now, StringComparison.Ordinal));

        (await registry.HistoryAsync("champion", CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_whose_bundle_was_exchanged_is_not_believed()
    {
        var registry = Registry(_pair.Private);
        await RegisterAsync(registry, "one");
        var version = (await registry.FindAsync(1, CancellationToken.None)).ShouldNotBeNull();

        (
            registry.Believes(version), registry.Believes(version with { Bundle = Digest.Of("another") }),
            registry.Believes(version with { Model = Digest.Of("another") }))
            .ShouldBe((true, false, false));
    }

    /// <summary>A run's record is anybody's to write; who made a version, and from which commit, is signed with it.</summary>
    [Fact]
    public async Task Who_made_a_version_and_from_what_cannot_be_exchanged()
    {
        var registry = Registry(_pair.Private);
        var version = await registry.RegisterAsync(
            number => new(number, Digest.Of("b"), Digest.Of("m"), "run", _time.GetUtcNow(), false, null)
            {
                Maker = "ada", Source = new("0123456789abcdef", "main", false),
            },
            Digest.Of("b"), CancellationToken.None);

        registry.Believes((await registry.FindAsync(1, CancellationToken.None))!).ShouldBeTrue();
        registry.Believes(version with { Maker = "bob" }).ShouldBeFalse();
        registry.Believes(version with { Maker = null }).ShouldBeFalse();
        registry.Believes(version with { Run = "another" }).ShouldBeFalse();
        registry.Believes(version with { Source = version.Source! with { Commit = "another" } }).ShouldBeFalse();
        registry.Believes(version with { Source = version.Source! with { Dirty = true } }).ShouldBeFalse();
        registry.Believes(version with { Number = 7 }).ShouldBeTrue();
    }

    [Fact]
    public void Keys_of_an_environment_are_trusted_there_and_nowhere_else()
    {
        Directory.CreateDirectory(_folder[".nuke/keys/production"]);
        File.WriteAllText(_folder[".nuke/keys/production/ops.pem"], Trust.Create().Public);

        (
            Trust.Of(_folder.Path, "local", Variables(null)).Keys.Keys.Count,
            Trust.Of(_folder.Path, "production", Variables(null)).Keys.Keys.Count)
            .ShouldBe((1, 2));
    }

    [Fact]
    public void Whoever_cannot_sign_where_signatures_are_demanded_is_told_before_anything_moves()
    {
        Should.Throw<UsageException>(() => Of(null).RequireKey("Rolling back")).Findings[0].Where.ShouldBe(Trust.Variable);
        Should.Throw<UsageException>(() => Of(Trust.Create().Private).RequireKey("Rolling back"));
        Should.NotThrow(() => Of(_pair.Private).RequireKey("Rolling back"));
        Should.NotThrow(() => Trust.None.RequireKey("Rolling back"));
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_named(string text) => Should.Throw<UsageException>(() => Of(text)).Findings[0].What.ShouldBe("Not a key");

    [Fact]
    public void A_signature_of_one_kind_of_statement_does_not_pass_for_another()
    {
        var trust = Of(_pair.Private);
        var statement = new VersionStatement("p", Digest.Of("b"), Digest.Of("m"));

        (trust.Keys.Believes(statement, trust.Sign(statement)), trust.Keys.Believes(statement, trust.Sign<object>(statement)))
            .ShouldBe((true, false));
    }

    private string MoveFile(int number) => _folder[$".mlops/registry/Demo/aliases/champion/{number:00000}.json"];

    private static Dictionary<string, string> Variables(string? key) => key == null ? [] : new() { [Trust.Variable] = key };

    private Trust Of(string? key) => Trust.Of(_folder.Path, "local", Variables(key));

    private VersionRegistry Registry(string? key)
    {
        var store = MlOpsStore.At(_folder.Path, _time);
        store.Trust = Of(key);
        return store.Versions("Demo");
    }

    private async Task<int> RegisterAsync(VersionRegistry registry, string name) => (await registry.RegisterAsync(
        number => new(number, Digest.Of(name), Digest.Of("model of " + name), "run", _time.GetUtcNow(), false, null), Digest.Of(name),
        CancellationToken.None)).Number;

    private static Task<AliasMove> MoveAsync(VersionRegistry registry, int? from, int to, AliasMoveKind kind = AliasMoveKind.Promote) =>
        registry.MoveAsync("champion", from, to, kind, "ann", "better", CancellationToken.None);
}
