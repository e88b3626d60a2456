using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryRedirectTests : IDisposable
{
    private readonly Blob _blob;
    private readonly RegistryWorld _world = new();

    public RegistryRedirectTests() => _blob = Registry.Add(Blob.Of(2500));

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_download_is_followed_to_another_host_without_the_authorization(int status)
    {
        Redirect(status, "http://storage.test/bucket");

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges.Where(exchange => exchange.Uri.Host == "storage.test").ShouldHaveSingleItem().Authorization.ShouldBeNull();
        Registry.Exchanges.ShouldContain(exchange => exchange.Authorization == TokenServer.Basic);
    }

    [Theory]
    [InlineData("http://registry.test:5000/other", true)]
    [InlineData("/other", true)]
    [InlineData("http://registry.test:5001/other", false)]
    [InlineData("http://registry.test/other", false)]
    [InlineData("https://registry.test:5000/other", false)]
    [InlineData("http://registry.test.evil.test:5000/other", false)]
    public async Task The_authorization_goes_along_only_to_the_same_scheme_host_and_port(string to, bool along)
    {
        Redirect(307, to);

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges[^1].Authorization.ShouldBe(along ? TokenServer.Basic : null);
    }

    [Fact]
    public async Task A_resumed_download_asks_for_its_range_there_too()
    {
        Redirect(307, "http://storage.test/bucket");
        var answers = 0;
        Registry.CutDownload = _ => ++answers == 1 ? 1000 : null;

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges[^1].Range.ShouldBe("bytes=1000-");
        Registry.Exchanges[^1].Uri.Host.ShouldBe("storage.test");
    }

    [Fact]
    public async Task A_host_that_is_not_the_registry_gets_no_answer_to_its_challenge()
    {
        Redirect(307, "http://storage.test/bucket");
        var before = Registry.Before;
        Registry.Before = exchange => exchange.Uri.Host == "storage.test" ? Challenge() : before(exchange);

        await Should.ThrowAsync<StageFailedException>(_world.PullAsync(_blob));

        Registry.Exchanges.Where(exchange => exchange.Uri.Host == "storage.test").ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_push_is_sent_again_where_a_redirect_keeps_it(int status)
    {
        var blob = Blob.Of(1700, seed: 3);
        Registry.Before = exchange => exchange.Uri.Host == "registry.test" && exchange.Method != HttpMethod.Head
            ? FakeRegistry.Answer(status, "", ("Location", "http://moved.test" + exchange.Uri.PathAndQuery))
            : null;

        await _world.PushAsync(blob);

        _world.Stored(blob).ShouldBe(blob.Content);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_push_is_not_followed_where_a_redirect_would_drop_it(int status)
    {
        Registry.Before = exchange => exchange.Method == HttpMethod.Post
            ? FakeRegistry.Answer(status, "", ("Location", "https://moved.test/v2/?secret=1"))
            : null;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.PushAsync(Blob.Of(10)));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.Value.ShouldBe("https://moved.test/v2/");
        finding.Fix.ShouldBe("give that address to --registry");
    }

    [Fact]
    public async Task Redirects_without_end_are_ended()
    {
        Registry.Before = exchange => FakeRegistry.Answer(307, "", ("Location", exchange.Uri.AbsolutePath));

        (await Should.ThrowAsync<StageFailedException>(_world.PullAsync(_blob)))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The registry redirects without end");

        Registry.Exchanges.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("http://storage.test/bucket")]
    [InlineData("ftp://storage.test/bucket")]
    public async Task Nothing_leads_out_of_encryption(string to)
    {
        using var world = new RegistryWorld("https://registry.test/team/mlops");
        world.Registry.Before = exchange => FakeRegistry.Answer(307, "", ("Location", to));

        var failure = await Should.ThrowAsync<StageFailedException>(world.PullAsync(_blob));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe(to);
        world.Registry.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_told()
    {
        Registry.Before = _ => FakeRegistry.Answer(307, "", ("Location", "http://[bad/"));

        (await Should.ThrowAsync<StageFailedException>(_world.PullAsync(_blob)))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The registry names an address that is none");
    }

    [Fact]
    public async Task A_redirect_that_does_not_say_where_is_a_refusal()
    {
        Registry.Before = _ => FakeRegistry.Answer(307);

        (await Should.ThrowAsync<StageFailedException>(_world.PullAsync(_blob)))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe("307 Temporary Redirect");
    }

    private static HttpResponseMessage Challenge()
    {
        var response = FakeRegistry.Answer(401);
        response.Headers.WwwAuthenticate.ParseAdd("Basic realm=\"test\"");
        return response;
    }

    // First a challenge, so that there is an authorization to be careful with.
    private void Redirect(int status, string to) => Registry.Before = exchange =>
        !exchange.Path.StartsWith("/v2/", StringComparison.Ordinal) || exchange.Uri.Host != "registry.test" ? null
        : exchange.Authorization is null ? Challenge()
        : FakeRegistry.Answer(status, "", ("Location", $"{to}/{_blob.Digest}"));
}
