using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class TeamSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeptOutput _output = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("none", false)]
    [InlineData("NONE", false)]
    [InlineData("git", true)]
    [InlineData("https://git.example/team.git", true)]
    public void State_is_shared_where_a_remote_is_named(string? remote, bool shared) =>
        new TeamSettings(remote, null, null, null).IsShared.ShouldBe(shared);

    [Fact]
    public async Task What_nobody_said_has_its_default()
    {
        var options = await ReadAsync(new("https://git.example/team.git", null, null, null));

        (options.Address.Location, options.Branch, options.BlobLimit, options.Registry, options.Actor)
            .ShouldBe(("https://git.example/team.git", "mlops/state", 1L << 20, null, "ann"));
    }

    [Fact]
    public async Task A_branch_may_be_named() =>
        (await ReadAsync(new("https://git.example/team.git", "state/models", null, null))).Branch.ShouldBe("state/models");

    [Fact]
    public async Task A_folder_is_meant_from_the_root_of_the_checkout() =>
        (await ReadAsync(new("../team.git", null, null, null))).Address.Location.ShouldBe(Path.GetFullPath(_folder["../team.git"]));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("512B", 512)]
    [InlineData("512KiB", 512 * 1024)]
    [InlineData("5MiB", 5 * 1024 * 1024)]
    [InlineData("5 mib", 5 * 1024 * 1024)]
    [InlineData("2GiB", 2L << 30)]
    public async Task A_limit_is_a_number_of_bytes_with_or_without_a_unit(string limit, long bytes) =>
        (await ReadAsync(new("https://git.example/team.git", null, null, limit))).BlobLimit.ShouldBe(bytes);

    [Theory]
    [InlineData("5MB")]
    [InlineData("1.5MiB")]
    [InlineData("-1")]
    [InlineData("MiB")]
    [InlineData("much")]
    public async Task Any_other_limit_is_a_wrong_call(string limit)
    {
        var finding = (await Should.ThrowAsync<UsageException>(ReadAsync(new("https://git.example/team.git", null, null, limit))))
            .Findings.ShouldHaveSingleItem();

        (finding.Where, finding.Value).ShouldBe(("--blob-limit", limit));
    }

    [Fact]
    public async Task A_password_in_the_address_is_masked_and_not_in_the_address()
    {
        var options = await ReadAsync(new("https://ann:hunter2@git.example/team.git", null, null, null));

        _output.Masked.ShouldContain("hunter2");
        options.Address.Location.ShouldBe("https://git.example/team.git");
        options.Address.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_token_in_the_environment_is_masked()
    {
        await ReadAsync(new("https://git.example/team.git", null, null, null), ("MLOPS_REMOTE_TOKEN", "token-of-the-environment"));

        _output.Masked.ShouldContain("token-of-the-environment");
    }

    [Fact]
    public async Task A_checkout_without_an_origin_is_a_wrong_call() =>
        await Should.ThrowAsync<UsageException>(ReadAsync(new("git", null, null, null)));

    private Task<RemoteOptions> ReadAsync(TeamSettings settings, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(Flow.Tests.TeamRemote.Variables) { ["GITHUB_ACTOR"] = "ann" };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return settings.ReadAsync(
            new RunSession(_folder.Path, [], environment, new ManualTime(), _output, isServerBuild: false), CancellationToken.None);
    }
}
