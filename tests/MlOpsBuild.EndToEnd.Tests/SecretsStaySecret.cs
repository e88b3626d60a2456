using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A secret is in no output, in no file and in no child's environment, however it was given and whoever tells it.</summary>
public sealed class SecretsStaySecret : IDisposable
{
    private const string Token = "hush-4711";
    private const string Key = "key-0815";
    private readonly SampleBuild _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("MLOPS_DEPLOY_TOKEN")]
    [InlineData("NUKE_DEPLOY_TOKEN")]
    [InlineData("DEPLOY_TOKEN")]
    [InlineData("DeployToken")]
    public async Task Secret_of_the_environment_is_told_to_nobody(string variable)
    {
        _sample.Environment[variable] = Token;

        var ended = (await _sample.RunAsync("TellsItsSecrets", "--keys", Key, "other")).Expect(1);

        ended.Output.ShouldContain("the token is ***");
        ended.Output.ShouldContain("directly: ***");
        ended.Output.ShouldContain("and as an error: ***");
        ended.Output.ShouldContain("PATH=", customMessage: "the child printed its environment");
        Nowhere(ended, Token);
        Nowhere(ended, Key);
    }

    [Fact]
    public async Task Secret_of_a_file_is_told_to_nobody()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_sample.Root, ".nuke", "parameters.production.json"), $$"""{ "deploy-token": "{{Token}}" }""");

        var ended = (await _sample.RunAsync("TellsItsSecrets", "--keys", Key, "--profile", "production")).Expect(1);
        File.Delete(Path.Combine(_sample.Root, ".nuke", "parameters.production.json"));

        ended.Output.ShouldContain("the token is ***");
        Nowhere(ended, Token);
        Nowhere(ended, Key);
    }

    [Fact]
    public async Task Secret_that_is_no_value_is_not_quoted() =>
        (await _sample.RunAsync("Pass", "--deploy-token", Token, "--deploy-token=" + Token, "--keis", Key))
            .Expect(2)
            .Output.ShouldNotContain(Token);

    private void Nowhere(CommandResult ended, string secret)
    {
        ended.Output.ShouldNotContain(secret);
        ended.Errors.ShouldNotContain(secret);
        var files = Directory.GetFiles(_sample.Root, "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        files.Where(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
