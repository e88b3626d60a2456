using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>
/// A build that dies, as by <c>kill -9</c>, after a step of a change of traffic: <c>rollback|promote|deploy FOLDER SERVER STEP</c>.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var step = Enum.Parse<TrafficStep>(arguments[3]);
        using var world = new LocalWorld(new(Core.Digest.Of("server"), arguments[2]), arguments[1]);
        if (arguments[0] == "rollback")
        {
            await new Rollback(world.Store, world.Environment, TimeProvider.System) { Steps = new DyingAfter(step) }
                .RunAsync(
                    TinyModel.Pipeline, "on call", "complaints", TimeProvider.System.GetTimestamp(), new Heard(), CancellationToken.None);
            return 1;
        }

        await (arguments[0] == "deploy" ? DeployAsync(world, step) : PromoteAsync(world, step));
        return 1;
    }

    private static async Task DeployAsync(LocalWorld world, TrafficStep step)
    {
        var version = (await world.Store.Versions(TinyModel.Pipeline).AllAsync(CancellationToken.None))[^1];
        await new Deployer(
            world.Store, world.Environment, world.Rehearsals, world.Admin, TimeProvider.System) { Steps = new DyingAfter(step) }
            .RunAsync(
                new(TinyModel.Pipeline, version, LocalWorld.Policy, RowLoss.SquaredError, 7, "tester"), new Heard(),
                CancellationToken.None);
    }

    // What a deployment does once its trial has passed.
    private static async Task PromoteAsync(LocalWorld world, TrafficStep step)
    {
        var version = await world.RegisterAsync(2);
        var model = await ServedModel.OfAsync(world.Store, version, CancellationToken.None);
        var champion = await world.Store.Versions(TinyModel.Pipeline).ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None);
        var server = await world.Environment.StartAsync(version.Number, model, null, CancellationToken.None);
        var routes =
            await world.RouteAsync(routes => routes with { Canary = LocalWorld.At(server), CanaryPercent = 50, LeaseSeconds = 60 });
        var deployment = new DeploymentRecord
        {
            Id = "20261126T120000.000Z-v2-test", Pipeline = TinyModel.Pipeline, Environment = "local", Version = version.Number,
            Started = DateTimeOffset.UnixEpoch
        };
        await new DeploymentStore(world.Store).SaveAsync(deployment, CancellationToken.None);
        await new Promotion(
            new(world.Store, TinyModel.Pipeline, LocalEnvironment.Name, TimeProvider.System, new DyingAfter(step)), world.Environment)
            .RunAsync(
                new(TinyModel.Pipeline, version, LocalWorld.Policy, RowLoss.SquaredError, 7, "tester"),
                new(new(CanaryDecision.Promote, "not worse", []), server, routes, model, null), champion, deployment.Id,
                CancellationToken.None);
    }

    private sealed class DyingAfter(TrafficStep step) : IProgress<TrafficStep>
    {
        public void Report(TrafficStep value)
        {
            if (value == step)
            {
                using var self = System.Diagnostics.Process.GetCurrentProcess();
                self.Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
