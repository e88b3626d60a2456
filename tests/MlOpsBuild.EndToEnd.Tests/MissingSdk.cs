using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A machine without the SDK.</summary>
public sealed class MissingSdk(BuiltRepository repository) : EndToEndTest(repository)
{
    private static readonly string[] Tools =
    [
        "bash", "env", "dirname", "cat", "mkdir", "date", "touch", "rm", "cp", "mv", "ls", "grep", "sort", "head", "tail", "sleep"
    ];

    [Fact]
    public async Task Is_answered_with_the_command_that_installs_it()
    {
        var tools = Directory.CreateDirectory(Path.Combine(Checkout.Runtime, "tools")).FullName;
        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), $"/usr/bin/{tool}");
        }

        var environment = new Dictionary<string, string> { ["PATH"] = tools, ["HOME"] = tools, ["XDG_RUNTIME_DIR"] = Checkout.Runtime };
        var refused = (await RunningCommand.RunAsync(Checkout.Root, environment, Path.Combine(Checkout.Root, "build.sh"), "Status"))
            .Expect(2);

        refused.Output.ShouldBeEmpty();
        refused.Errors.Trim().ShouldBe(
            "The .NET SDK 10 is missing; install it with: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0");
    }
}
