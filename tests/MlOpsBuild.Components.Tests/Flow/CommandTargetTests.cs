using System.Text.Json.Nodes;
using MlOpsBuild.Components.Ci.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class CommandTargetTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly FakeGitHub _gitHub = new() { Token = "ghs_x" };

    public CommandTargetTests()
    {
        _gitHub.Permissions["ada"] = "write";
        _gitHub.Permissions["eve"] = "read";
    }

    private string Outputs => File.Exists(Path.Combine(_run.Root, "outputs")) ? File.ReadAllText(Path.Combine(_run.Root, "outputs")) : "";

    public void Dispose()
    {
        _gitHub.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task Who_may_write_is_obeyed_and_sees_it()
    {
        (await SayAsync<DeliveringBuild>("ada", "/mlops rollback wrong since noon")).ShouldBe(0, _run.Output);

        Outputs.ShouldBe("action=rollback\nversion=\nreason=wrong since noon\n");
        _gitHub.Reactions.ShouldBe([(5, "rocket")]);
    }

    [Fact]
    public async Task An_approval_names_the_version_before_the_reason()
    {
        (await SayAsync<DeliveringBuild>("ada", "/mlops approve  Demand-v5  shadow looked good")).ShouldBe(0, _run.Output);

        Outputs.ShouldBe("action=approve\nversion=Demand-v5\nreason=shadow looked good\n");
        _run.Output.ShouldContain("ada asks: approve Demand-v5 shadow looked good");
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("stranger")]
    public async Task Who_may_only_read_is_not_and_nothing_fails(string person)
    {
        (await SayAsync<DeliveringBuild>(person, "/mlops rollback because")).ShouldBe(0, _run.Output);

        Outputs.ShouldBe("action=none\nversion=\nreason=\n");
        _run.Output.ShouldContain($"{person} may not write to acme/shop");
        _gitHub.Reactions.ShouldBe([(5, "-1")]);
    }

    [Theory]
    [InlineData("/mlops rollback", "A rollback needs a reason")]
    [InlineData("/mlops approve", "An approval needs a version and a reason")]
    [InlineData("/mlops approve v5", "/mlops approve v5: An approval needs a version and a reason")]
    [InlineData("/mlops drop tables", "/mlops rollback or /mlops approve or /mlops retrain")]
    public async Task A_command_that_cannot_be_obeyed_says_what_can(string body, string told)
    {
        (await SayAsync<DeliveringBuild>("ada", body)).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain(told);
        Outputs.ShouldStartWith("action=none\n");
    }

    [Fact]
    public async Task Where_nothing_is_delivered_from_nothing_is_rolled_back()
    {
        (await SayAsync<HostedBuild>("ada", "/mlops rollback because")).ShouldBe(2, _run.Output);
        (await SayAsync<HostedBuild>("ada", "/mlops retrain")).ShouldBe(0, _run.Output);

        Outputs.ShouldBe("action=none\nversion=\nreason=because\naction=retrain\nversion=\nreason=\n");
    }

    [Fact]
    public async Task A_host_that_does_not_tell_permits_nothing()
    {
        _gitHub.Token = "another";

        (await SayAsync<DeliveringBuild>("ada", "/mlops retrain", token: "ghs_x")).ShouldBe(1, _run.Output);

        Outputs.ShouldBe("");
    }

    private Task<int> SayAsync<T>(string person, string body, string? token = null) where T : MlBuild, new()
    {
        var payload = new JsonObject
        {
            ["issue"] = new JsonObject { ["number"] = 3, ["pull_request"] = new JsonObject() },
            ["comment"] = new JsonObject { ["id"] = 5, ["body"] = body, ["user"] = new JsonObject { ["login"] = person } },
        };
        _run.RunOn(_gitHub, payload);
        _run.Environment["GITHUB_TOKEN"] = token ?? _gitHub.Token;
        return _run.RunAsync<T>("ReadCommand");
    }
}
