using MlOpsBuild.EndToEnd.Tests.Fixtures;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary><c>./build.sh Mcp</c> started by a client of the protocol, as an editor starts it.</summary>
public sealed class AskedByAModel(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task It_looks_runs_what_is_allowed_and_says_what_serves()
    {
        await using var client = await McpClient.CreateAsync(new StdioClientTransport(new()
        {
            Command = Checkout.Script, Arguments = ["Mcp", "--allow", "run"], WorkingDirectory = Checkout.Root,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = Checkout.Environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value),
        }));

        (await AskAsync(client, "describe", [])).ShouldContain("TestModel");
        (await AskAsync(client, "plan", new() { ["targets"] = (string[])["Train"] })).ShouldContain("\"wouldRun\"");
        (await AskAsync(client, "run", new() { ["targets"] = (string[])["TestModel", "Report"] })).ShouldContain("verdict Passed");
        (await AskAsync(client, "report", [])).ShouldContain("RMSE");
        (await AskAsync(client, "status", [])).ShouldStartWith("{");
        (await Checkout.AuditAsync()).Single(entry => entry.Action == "mcp").Subject.ShouldBe("run");
        (await client.CallToolAsync("rollback", new Dictionary<string, object?> { ["reason"] = "tired of it" })).IsError.ShouldBe(true);
    }

    private static async Task<string> AskAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var answer = await client.CallToolAsync(tool, arguments);
        var text = ((TextContentBlock)answer.Content.Single()).Text;
        (answer.IsError ?? false).ShouldBeFalse(text);
        return text;
    }
}
