using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Tool = ModelContextProtocol.Protocol.Tool;
using ModelContextProtocol.Server;

namespace MlOpsBuild.Components.Agents;

/// <summary>
/// A Model Context Protocol server: lists the tools that may be called, runs the build for each call, and
/// records what could change something.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="build">The build to call.</param>
/// <param name="pipelines">The pipelines that were picked.</param>
/// <param name="allowed">Permissions that the caller gave.</param>
internal sealed class AgentServer(RunSession session, BuildCall build, IReadOnlyList<string> pipelines, IReadOnlyList<string> allowed)
{
    private const string Instructions =
        "An ML build: targets from data to a served model. Look before you act: status, report and plan change nothing. "
        + "A verdict is Passed, Failed, Inconclusive or Error; exit code 3 means that a gate said no, which is an answer and no accident.";

    private static readonly IReadOnlyList<string> Permissions = [.. AgentTools.All.Select(tool => tool.Permission).OfType<string>()];

    /// <summary>Serves one client until it goes.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">What it is sent; nothing else may be written there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">A permission that there is not.</exception>
    public async Task ServeAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        var unknown = allowed.Except(Permissions)
            .Select(name => new Finding(
                "MLB7002", "There is no such permission", "--allow", name, string.Join(" or ", Permissions), "name what a model may do"))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new UsageException("There is no such permission", unknown);
        }

        var options = new McpServerOptions
        {
            ServerInfo = new() { Name = "MlOpsBuild", Version = typeof(AgentServer).Assembly.GetName().Version!.ToString(3) },
            ServerInstructions = Instructions,
            Capabilities = new() { Tools = new() },
            Handlers = new()
            {
                ListToolsHandler =
                    (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. AgentTools.All.Where(MayBeCalled).Select(Describe)] }),
                CallToolHandler = async (request, token) => await CallAsync(request, token),
            },
        };
        await using var server = McpServer.Create(new StreamServerTransport(input, output), options);
        await server.RunAsync(cancellationToken);
    }

    private static Tool Describe(AgentTool tool) => new()
    {
        Name = tool.Name, Description = tool.Description, InputSchema = tool.Schema,
        Annotations = new() { ReadOnlyHint = tool.Permission == null, DestructiveHint = tool.Permission != null, OpenWorldHint = false },
    };

    private bool MayBeCalled(AgentTool tool) => tool.Permission == null || allowed.Contains(tool.Permission);

    private async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        var sent = request.Params?.Arguments?.ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];
        if (AgentTools.All.FirstOrDefault(tool => tool.Name == name) is not { } tool)
        {
            return Refused(new Finding(
                "MLB7003", "There is no such tool", "tools/call", name,
                string.Join(", ", AgentTools.All.Where(MayBeCalled).Select(other => other.Name)), "call one of these"));
        }

        try
        {
            if (!MayBeCalled(tool))
            {
                await RecordAsync(request, tool, sent, "denied", cancellationToken);
                return Refused(new Finding(
                    "MLB7004", $"{name} is not allowed", "Mcp", null, $"--allow {tool.Permission}",
                    $"ask a person to start the server with {session.Command} Mcp --allow {tool.Permission}"));
            }

            var arguments = new AgentArguments(name, sent);
            if (tool.Words is not { } words)
            {
                var pipeline = arguments.Word("pipeline");
                arguments.Check();
                return Text(await LatestReports.ReadAsync(session, pipeline is null ? pipelines : [pipeline], cancellationToken));
            }

            var command = words(arguments);
            arguments.Check();
            await RecordAsync(request, tool, sent, "called", cancellationToken);
            var progress = new CallProgress(request);
            var answer = await build.RunAsync(command, progress, cancellationToken);
            await progress.SentAsync(cancellationToken);
            return Told(answer);
        }
        catch (FindingsException problem)
        {
            return Refused([.. problem.Findings]);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The library tells the client that something went wrong, and nobody what.
            session.Output.Warn($"{name}: {problem}");
            return Refused(new Finding("MLB7005", $"{name} failed: {problem.Message}", "Mcp"));
        }
    }

    // The document where there is one; else what a person would have read.
    private static CallToolResult Told(BuildAnswer answer)
    {
        var document = answer.Output.StartsWith('{') || answer.Output.StartsWith('[');
        var text = document && answer.ExitCode == 0
            ? answer.Output
            : string.Join('\n', ((string[])[answer.Output, answer.Errors]).Where(part => part.Length > 0));
        return new()
        {
            IsError = answer.ExitCode != 0,
            Content = [new TextContentBlock
            {
                Text = answer.ExitCode == 0 ? text : $"exit code {answer.ExitCode.ToString(CultureInfo.InvariantCulture)}\n{text}"
            }],
        };
    }

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private static CallToolResult Refused(params Finding[] findings) => new()
    {
        IsError = true, Content = [new TextContentBlock { Text = string.Join('\n', findings.Select(finding => finding.ToString())) }]
    };

    private async Task RecordAsync(
        RequestContext<CallToolRequestParams> request, AgentTool tool, Dictionary<string, JsonElement> sent, string outcome,
        CancellationToken cancellationToken)
    {
        if (tool.Permission == null)
        {
            return;
        }

        var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["client"] = request.Server.ClientInfo is { } client ? $"{client.Name} {client.Version}" : "not named",
            ["arguments"] = JsonSerializer.Serialize(sent, CanonicalJson.Options),
            ["outcome"] = outcome,
        };
        await session.Store.Audit.AppendAsync(session.Actor, "mcp", tool.Name, "asked for by a model", details, cancellationToken);
    }

    // Each line that the build prints, where the client asked to be told.
    private sealed class CallProgress(RequestContext<CallToolRequestParams> request) : IProgress<string>
    {
        private readonly Lock _gate = new();
        private Task _sent = Task.CompletedTask;
        private int _count;

        public void Report(string value)
        {
            if (request.Params?.ProgressToken is { } token && value.Length > 0)
            {
                lock (_gate)
                {
                    _sent = AfterAsync(_sent, token, new() { Progress = ++_count, Message = value }, CancellationToken.None);
                }
            }
        }

        /// <summary>Waits until all lines are sent: the answer comes after them.</summary>
        public Task SentAsync(CancellationToken cancellationToken) => _sent.WaitAsync(cancellationToken);

        private async Task AfterAsync(
            Task before, ProgressToken token, ProgressNotificationValue value, CancellationToken cancellationToken)
        {
            await before;
            await request.Server.NotifyProgressAsync(token, value, cancellationToken: cancellationToken);
        }
    }
}
