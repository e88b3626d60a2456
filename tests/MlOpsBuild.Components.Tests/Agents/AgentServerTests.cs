using System.IO.Pipelines;
using System.Runtime.Versioning;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MlOpsBuild.Components.Agents.Tests;

/// <summary>A client of the protocol's own library talks to the server; the build is a script that says how it was called.</summary>
public sealed class AgentServerTests : IAsyncLifetime, IDisposable
{
    private const string Script = """
        #!/usr/bin/env bash
        case "$1" in
          Status) echo "{\"servers\": [${MLOPS_ROOT:-}]}"; echo 'for people' >&2 ;;
          TestModel) echo 'gate: worse'; exit 3 ;;
          Deploy) trap 'echo withdrawn > withdrawn; exit 143' TERM; echo ready; touch ready; while :; do sleep 0.05; done ;;
          *) printf '<%s>' "$@"; echo ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(Task Serving, McpClient Client, Pipe Sent)> _connections = [];
    private RunSession _session = null!;

    [UnsupportedOSPlatform("windows")]
    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["build.sh"], Script);
        File.SetUnixFileMode(_folder["build.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _session = new(
            _folder.Path, [],
            new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["USER"] = "ann", ["MLOPS_ROOT"] = "/elsewhere",
                ["MLOPS_START_SCRIPT"] = _folder["build.sh"]
            },
            TimeProvider.System, new KeptOutput(), isServerBuild: false);
    }

    public async Task DisposeAsync()
    {
        // A client that goes closes the server's standard input.
        foreach (var (serving, client, sent) in _connections)
        {
            await client.DisposeAsync();
            await sent.Writer.CompleteAsync();
            await serving.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Without_a_permission_only_what_looks_is_offered()
    {
        var tools = await (await ConnectAsync()).ListToolsAsync();

        tools.Select(tool => tool.Name).ShouldBe(["describe", "plan", "status", "report", "history", "lineage", "maturity"]);
        tools.ShouldAllBe(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true);
    }

    [Fact]
    public async Task What_is_allowed_is_offered_and_marked_as_something_that_changes()
    {
        var tools = await (await ConnectAsync("run", "rollback")).ListToolsAsync();

        tools.Where(tool => tool.ProtocolTool.Annotations!.DestructiveHint == true).Select(tool => tool.Name).ShouldBe(["run", "rollback"]);
    }

    [Fact]
    public async Task A_look_is_the_document_of_the_command_and_nothing_that_people_read_and_leaves_no_trace()
    {
        var answer = await CallAsync(await ConnectAsync(), "status");

        (answer.IsError ?? false).ShouldBeFalse();
        TextOf(answer).ShouldBe("""{"servers": []}""");
        (await AuditAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("describe", """{"targets": ["Train"]}""", "<Train><--help>")]
    [InlineData(
        "plan", """{"targets": ["Train", "Deploy"], "parameters": {"set": ["trees=5", "--plan"], "pipeline": "BikeDemand"}}""",
        "<Train><Deploy><--set=trees=5><--set=--plan><--pipeline=BikeDemand><--plan><--json>")]
    [InlineData("history", """{"at": "2026-11-20 14:03"}""", "<History><--at=2026-11-20 14:03><--json>")]
    [InlineData("lineage", """{"of": "v3"}""", "<Lineage><v3><--json>")]
    [InlineData("lineage", "{}", "<Lineage><--json>")]
    [InlineData("rollback", """{"reason": "bad; rm -rf $HOME"}""", "<Rollback><--reason=bad; rm -rf $HOME>")]
    public async Task Arguments_become_words_of_the_command_line(string tool, string arguments, string words) =>
        TextOf(await CallAsync(await ConnectAsync("rollback"), tool, arguments)).ShouldBe(words);

    [Theory]
    [InlineData("plan", """{"targets": ["--parallel"]}""", "--parallel")]
    [InlineData("plan", """{"targets": ["Train"], "parameters": {"plan": false}}""", "plan")]
    [InlineData("plan", """{"targets": ["Train"], "parameters": {"no-plan": true}}""", "no-plan")]
    [InlineData("plan", """{"targets": ["Train"], "parameters": {"P-lan": "false"}}""", "P-lan")]
    [InlineData("plan", """{"targets": ["Train"], "parameters": {"a=b --target": "Deploy"}}""", "a=b --target")]
    [InlineData("lineage", """{"of": "--target=Deploy"}""", "--target=Deploy")]
    [InlineData("status", """{"target": "Deploy"}""", "target")]
    [InlineData("run", """{"targets": ["Rollback"]}""", "Rollback")]
    [InlineData("run", """{"targets": ["mcp"]}""", "mcp")]
    [InlineData("run", """{"targets": ["Approve"]}""", "Approve")]
    [InlineData("run", """{"targets": ["Train", "stop"]}""", "stop")]
    [InlineData("run", """{"targets": ["Dashboard"]}""", "Dashboard")]
    [InlineData("run", "{}", "targets")]
    [InlineData("drop", "{}", "drop")]
    public async Task What_could_mean_something_else_is_refused_by_name(string tool, string arguments, string named)
    {
        var answer = await CallAsync(await ConnectAsync("run"), tool, arguments);

        answer.IsError.ShouldBe(true);
        TextOf(answer).ShouldContain(named);
        TextOf(answer).ShouldNotContain("<");
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_call_is_told_at_once()
    {
        var answer = await CallAsync(await ConnectAsync(), "plan", """{"targets": ["-x"], "parameters": {"json": true}, "colour": 1}""");

        TextOf(answer).Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_call_that_is_not_allowed_is_denied_with_the_way_out_and_recorded()
    {
        var answer = await CallAsync(await ConnectAsync("rollback"), "run", """{"targets": ["Train"]}""");

        answer.IsError.ShouldBe(true);
        TextOf(answer).ShouldContain("--allow run");
        var entry = (await AuditAsync()).Single();
        (entry.Actor, entry.Action, entry.Subject, entry.Details["outcome"]).ShouldBe(("ann", "mcp", "run", "denied"));
    }

    [Fact]
    public async Task A_call_that_may_change_something_is_recorded_with_who_asked_and_for_what()
    {
        await CallAsync(await ConnectAsync("run"), "run", """{"targets": ["Train"], "parameters": {"set": "trees=5"}}""");

        var entry = (await AuditAsync()).Single();
        (entry.Subject, entry.Details["outcome"], entry.Details["client"]).ShouldBe(("run", "called", "a test 1.0"));
        entry.Details["arguments"].ShouldContain("trees=5");
    }

    [Fact]
    public async Task A_gate_that_says_no_is_an_error_with_its_exit_code_and_its_words()
    {
        var answer = await CallAsync(await ConnectAsync("run"), "run", """{"targets": ["TestModel"]}""");

        answer.IsError.ShouldBe(true);
        TextOf(answer).ShouldBe("exit code 3\ngate: worse");
    }

    [Fact]
    public async Task Lines_are_told_while_the_build_runs_and_a_cancelled_call_lets_it_put_things_right()
    {
        var client = await ConnectAsync("run");
        using var cancel = new CancellationTokenSource();
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = client
            .CallToolAsync("run", Arguments("""{"targets": ["Deploy"]}"""), new FirstLine(ready), cancellationToken: cancel.Token)
            .AsTask();
        (await ready.Task).ShouldBe("ready");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        while (!File.Exists(_folder["withdrawn"]))
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task The_newest_report_of_a_pipeline_is_read_where_it_lies()
    {
        foreach (var (hour, text) in ((int, string)[])[(1, "old"), (2, "new")])
        {
            var id = _session.Store.Runs.NewId(DateTimeOffset.UnixEpoch.AddHours(hour));
            await _session.Store.Runs.SaveAsync(
                new() { Id = id, Pipeline = "Demand", Started = DateTimeOffset.UnixEpoch.AddHours(hour), Actor = "ann" },
                CancellationToken.None);
            Directory.CreateDirectory(_folder[$".mlops/reports/{id}"]);
            await File.WriteAllTextAsync(_folder[$".mlops/reports/{id}/report.md"], text);
        }

        var client = await ConnectAsync();

        TextOf(await CallAsync(client, "report")).ShouldBe("new");
        var none = await CallAsync(client, "report", """{"pipeline": "Churn"}""");
        (none.IsError, TextOf(none).Contains("TestModel Report", StringComparison.Ordinal)).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_permission_that_there_is_not_is_a_wrong_call() =>
        (await Should.ThrowAsync<Core.UsageException>(ServerWith("walk").ServeAsync(Stream.Null, Stream.Null, CancellationToken.None)))
            .Message.ShouldContain("permission");

    private static string TextOf(CallToolResult answer) => ((TextContentBlock)answer.Content.Single()).Text;

    private static Dictionary<string, object?> Arguments(string json) =>
        System.Text.Json.JsonDocument.Parse(json)
            .RootElement.EnumerateObject()
            .ToDictionary(property => property.Name, property => (object?)property.Value);

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments = "{}") =>
        await client.CallToolAsync(tool, Arguments(arguments));

    private AgentServer ServerWith(params string[] allowed) => new(_session, BuildCall.Of(_session), ["Demand"], allowed);

    private async Task<McpClient> ConnectAsync(params string[] allowed)
    {
        var (sent, received) = (new Pipe(), new Pipe());
        var serving = ServerWith(allowed).ServeAsync(sent.Reader.AsStream(), received.Writer.AsStream(), _stop.Token);
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(sent.Writer.AsStream(), received.Reader.AsStream()),
            new() { ClientInfo = new() { Name = "a test", Version = "1.0" } });
        _connections.Add((serving, client, sent));
        return client;
    }

    private Task<IReadOnlyList<Store.Audit.AuditEntry>> AuditAsync() => _session.Store.Audit.ReadAsync(CancellationToken.None);

    private sealed class FirstLine(TaskCompletionSource<string> told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => told.TrySetResult(value.Message!);
    }
}
