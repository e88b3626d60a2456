using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>
/// <c>--executor kubernetes</c>: the same commands, whose heavy stages run as jobs of a cluster of one node: containers of the build
/// program itself, which a real registry gave by its digest, and through which all that they read and give travels.
/// </summary>
[Collection(nameof(UndisturbedCollection))]
public sealed class TrainingInCluster(BuiltRepository repository) : EndToEndTest(repository)
{
    [DockerEngineFact]
    public async Task Stages_run_as_jobs_survive_the_loss_of_a_node_and_give_to_the_bit_what_they_give_here()
    {
        using var registry = await DockerRegistry.StartAsync();
        await using var engine = await DockerEngine.StartAsync();
        await using var server = await FakeApiServer.StartAsync();
        await using var node = await FakeNode.StartAsync(server, engine);
        await AllowAsync(server, node, engine, registry);

        node.JobsToLose = 1;
        var ran = (await Checkout.RunAsync(
            "Tune", "Train", "TestModel", "--trials", "2", "--folds", "2", "--executor", "kubernetes", "--registry",
            $"{registry.Endpoint.Authority}/models", "--pull-secret", "logins")).Expect(0).Output;
        ran.ShouldContain("the image of this build");
        ran.ShouldContain("its node did not keep it (DeletionByTaintManager): that does not count");
        ran.ShouldMatch("train-[0-9a-f]{12}: training on [0-9,]+ rows");
        ran.ShouldMatch("evaluate runs as the job mlops-evaluate-[0-9a-f]{12} of the cluster");
        server.Objects.List("jobs", FakeApiServer.Space, null).ShouldBeEmpty();
        server.Objects.List("pods", FakeApiServer.Space, null).ShouldBeEmpty();

        // Each runs here once more, and is compared with what its job gave.
        var (here, settings) = (await Checkout.LastRunAsync(), new List<string>());
        foreach (var (name, value) in here.Parameters)
        {
            settings.AddRange(["--set", $"{name}={value}"]);
        }

        (await Checkout.RunAsync(["Train", "TestModel", "--verify-cache", .. settings])).Expect(0);
        (await Checkout.LastRunAsync()).Model.ShouldBe(here.Model);
    }

    [DockerEngineFact]
    public async Task A_build_that_is_stopped_leaves_no_job_in_the_cluster()
    {
        using var registry = await DockerRegistry.StartAsync();
        await using var engine = await DockerEngine.StartAsync();
        await using var server = await FakeApiServer.StartAsync();
        await using var node = await FakeNode.StartAsync(server, engine);
        await AllowAsync(server, node, engine, registry);
        node.Unschedulable = "0/1 nodes are available: 1 Insufficient memory.";

        using var build = Checkout.Start(
            "Train", "--executor", "kubernetes", "--registry", $"{registry.Endpoint.Authority}/models", "--pull-secret", "logins");
        await build.UntilAsync("runs as the job mlops-train-");
        build.Signal("INT");

        var ended = (await build.EndAsync()).Expect(130);
        ended.Output.ShouldMatch(@"Train\s+\| Aborted");
        server.Objects.List("jobs", FakeApiServer.Space, null).ShouldBeEmpty();
        server.Objects.List("pods", FakeApiServer.Space, null).ShouldBeEmpty();
        server.Objects.List("secrets", FakeApiServer.Space, null).Select(secret => (string)secret["metadata"]!["name"]!)
            .ShouldBe(["logins"]);
    }

    [Fact]
    public async Task What_is_missing_is_told_before_anything_runs()
    {
        await using var server = await FakeApiServer.StartAsync();
        (await Checkout.RunAsync("Train", "--executor", "moon")).Expect(2).Output.ShouldContain("MLB7170");
        (await Checkout.RunAsync("Train", "--executor", "kubernetes", "--job-image", "python:3")).Expect(2).Output
            .ShouldContain("The image to build on is not pinned");
        (await Checkout.RunAsync("Train", "--executor", "kubernetes")).Expect(2).Output.ShouldContain("--registry HOST/REPOSITORY");
    }

    // Nodes pull what the registry has, with the secret that is named.
    private async Task AllowAsync(FakeApiServer server, FakeNode node, DockerEngine engine, DockerRegistry registry)
    {
        var logins = Path.Combine(Checkout.Runtime, "docker");
        var login = await NodeImages.AllowAsync(node, engine, registry, logins);
        server.Objects.Create(ApiKind.All.Single(kind => kind.Kind == "Secret"), FakeApiServer.Space, new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "kubernetes.io/dockerconfigjson",
            ["metadata"] = new JsonObject { ["name"] = "logins" },
            ["data"] = new JsonObject
            {
                [".dockerconfigjson"] = Convert.ToBase64String(await File.ReadAllBytesAsync(login)),
            },
        }, "kubectl");
        (Checkout.Environment["KUBECONFIG"], Checkout.Environment["DOCKER_CONFIG"]) = (server.ConfigFile, logins);
    }
}
