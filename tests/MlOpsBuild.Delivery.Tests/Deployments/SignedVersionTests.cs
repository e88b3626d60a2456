using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(ServerCollection))]
public sealed class SignedVersionTests : IDisposable
{
    private readonly LocalWorld _world;
    private readonly (string Private, string Public, string Name) _pair = Trust.Create();

    public SignedVersionTests(InstalledServer installed)
    {
        _world = new(installed.Program);
        Directory.CreateDirectory(_world["checkout/.nuke/keys"]);
        File.WriteAllText(_world["checkout/.nuke/keys/team.pem"], _pair.Public);
        SignWith(_pair.Private);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_signed_version_is_deployed_and_everything_that_comes_of_it_is_signed()
    {
        var record = await _world.DeployAsync(await _world.RegisterAsync(1));

        record.Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        (await _world.Store.Versions("Tiny").DoubtsAsync(CancellationToken.None)).ShouldBeEmpty();
        var deployments = new DeploymentStore(_world.Store);
        var stored = (await deployments.FindAsync(record.Id, CancellationToken.None)).ShouldNotBeNull();
        (deployments.Believes(stored), deployments.Believes(stored with { Outcome = DeploymentOutcome.RolledBack }))
            .ShouldBe((true, false));
    }

    [Fact]
    public async Task A_version_that_nobody_trusted_has_signed_is_not_deployed()
    {
        SignWith(Trust.Create().Private);
        var version = await _world.RegisterAsync(1);
        SignWith(_pair.Private);

        var refusal = await Should.ThrowAsync<StageFailedException>(_world.DeployAsync(version));

        (refusal.Verdict, refusal.Findings[0].What).ShouldBe((Verdict.Failed, "Not signed by anybody this environment trusts"));
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    /// <summary>The server checks for itself: whoever exchanges files between the deployment and its start gets nothing served.</summary>
    [Fact]
    public async Task A_server_starts_no_model_that_nobody_it_trusts_has_signed()
    {
        var model = await ServedModel.OfAsync(_world.Store, await _world.RegisterAsync(1), CancellationToken.None);
        var another = await TinyModel.StoreAsync(_world.Store, TinyModel.Model(9));

        var failure = await Should.ThrowAsync<StageFailedException>(
            _world.Environment.StartAsync(1, model with { Model = another }, null, CancellationToken.None));

        failure.Findings[0].Value.ShouldNotBeNull().ShouldContain("The model is not signed by anybody this server trusts");
    }

    private void SignWith(string key) =>
        _world.Store.Trust = Trust.Of(_world["checkout"], "local", new Dictionary<string, string> { [Trust.Variable] = key });
}
