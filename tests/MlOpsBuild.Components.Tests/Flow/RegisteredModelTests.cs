using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>
/// A model of a registry, up to where it is opened: what scores it is not beside these tests (<c>MlOpsBuild.Onnx.Tests</c>, and
/// <c>ModelsOfOthers</c> for the whole way).
/// </summary>
public sealed class RegisteredModelTests : IAsyncLifetime, IDisposable
{
    private readonly TestRun _run = new();
    private FakeMlflow _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeMlflow.StartAsync(CancellationToken.None);
        _server.Register(
            "Fares",
            new Dictionary<string, byte[]>
            {
                ["MLmodel"] = "flavors: { onnx: {} }"u8.ToArray(), ["model.onnx"] = RegisteredDemand.Registered,
            },
            "champion");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _run.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Without_a_pin_the_build_says_what_to_write()
    {
        (await _run.RunAsync<RegisteredBuild>("Train", "--mlflow", _server.Address)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("[MLB4058]");
        _run.Output.ShouldContain(Digest.Of(RegisteredDemand.Registered).Hex);
        _server.Runs.ShouldHaveSingleItem().Status.ShouldBe("FAILED");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_pinned_model_is_brought_below_the_checkout_before_it_is_opened(bool byVariable)
    {
        if (byVariable)
        {
            _run.Environment["MLFLOW_TRACKING_URI"] = _server.Address;
        }

        await _run.RunAsync<RegisteredBuild>(["Train", "--set", "pin=1", .. byVariable ? [] : Named()]);

        File.ReadAllBytes(Path.Combine(_run.Root, ".mlops", "downloads", Digest.Of(RegisteredDemand.Registered).Hex, "model.onnx"))
            .ShouldBe(RegisteredDemand.Registered);
        _run.Output.ShouldContain("[MLB2203]", customMessage: "what scores it is not here");
        _server.Runs.Count.ShouldBe(byVariable ? 0 : 1, "nothing is written to a server that was not named");
    }

    [Fact]
    public async Task Another_model_than_the_pinned_one_ends_the_build()
    {
        (await _run.RunAsync<RegisteredBuild>(["Train", "--set", "pin=2", .. Named()]))
            .ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("[MLB4059]");
    }

    [Fact]
    public async Task A_server_is_needed_and_a_plan_asks_none()
    {
        (await _run.RunAsync<RegisteredBuild>("Train", "--set", "pin=1")).ShouldBe(ExitCodes.WrongUsage, _run.Output);
        _run.Output.ShouldContain("[MLB4056]");

        (await _run.RunAsync<RegisteredBuild>(["Train", "--plan", "--set", "pin=1", .. Named()]))
            .ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("mlflow://Fares@champion is not loaded yet");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pin_that_is_no_digest_is_refused_where_the_pipeline_is_defined()
    {
        (await _run.RunAsync<RegisteredBuild>(["Train", "--set", "pin=3", .. Named()])).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("[MLB2071]");
        _server.Requests.ShouldBeEmpty();
    }

    private string[] Named() => ["--mlflow", _server.Address];
}
