using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryAuthenticationTests : IDisposable
{
    private static readonly Blob Content = Blob.Of(2500);
    private readonly TokenServer _tokens;
    private readonly RegistryWorld _world = new();

    public RegistryAuthenticationTests() => _tokens = new(_world);

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Nothing_is_shown_to_a_registry_that_does_not_ask()
    {
        Registry.Before = _ => null;

        await _world.PushAsync(Content);

        Registry.Exchanges.ShouldAllBe(exchange => exchange.Authorization == null);
    }

    [Fact]
    public async Task A_password_is_shown_when_asked_for_and_then_without_asking()
    {
        Registry.Before = exchange => exchange.Authorization == TokenServer.Basic ? null : Challenge("Basic realm=\"test\"");

        await _world.PushAsync(Content);

        Registry.Exchanges.Count(exchange => exchange.Authorization is null).ShouldBe(1);
        _world.Stored(Content).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_is_fetched_with_the_password_for_what_the_registry_names()
    {
        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        var request = _tokens.Requests.ShouldHaveSingleItem();
        request.Uri.Query.ShouldBe("?service=registry%2C%20of%20tests&scope=repository%3Ateam%2Fmlops%3Apull");
        request.Authorization.ShouldBe(TokenServer.Basic);
        Registry.Exchanges[^1].Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task A_realm_with_a_query_keeps_it()
    {
        _tokens.Realm = "http://auth.test/token?tenant=a%26b";

        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        _tokens.Requests.ShouldHaveSingleItem().Uri.Query.ShouldStartWith("?tenant=a%26b&service=");
    }

    [Fact]
    public async Task Several_scopes_are_asked_for_one_by_one()
    {
        _tokens.Scope = actions => $"repository:team/mlops:{actions} repository:team/base:pull";

        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        _tokens.Requests.ShouldHaveSingleItem()
            .Uri.Query.ShouldEndWith("&scope=repository%3Ateam%2Fmlops%3Apull&scope=repository%3Ateam%2Fbase%3Apull");
    }

    [Fact]
    public async Task A_token_is_fetched_for_the_whole_operation_and_not_only_for_its_first_request()
    {
        await _world.PushAsync(Content);

        _tokens.Requests.ShouldHaveSingleItem().Uri.Query.ShouldEndWith("&scope=repository%3Ateam%2Fmlops%3Apull%2Cpush");
    }

    [Fact]
    public async Task A_registry_that_names_all_rights_is_asked_for_all()
    {
        _tokens.Scope = _ => "repository:team/mlops:*";

        await _world.Client.DeleteManifestAsync(Content.Digest, CancellationToken.None);

        _tokens.Requests.ShouldHaveSingleItem().Uri.Query.ShouldEndWith("&scope=repository%3Ateam%2Fmlops%3A%2A");
    }

    [Fact]
    public async Task A_challenge_without_a_scope_is_answered_with_the_repositorys()
    {
        _tokens.Scope = _ => null;

        await _world.Client.DeleteManifestAsync(Content.Digest, CancellationToken.None);

        _tokens.Requests.ShouldHaveSingleItem().Uri.Query.ShouldEndWith("&scope=repository%3Ateam%2Fmlops%3Adelete");
    }

    [Fact]
    public async Task Without_a_password_a_token_for_everybody_is_fetched()
    {
        using var world = new RegistryWorld(credentials: false);
        var tokens = new TokenServer(world);

        await world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        tokens.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
        world.Registry.Exchanges[^1].Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task A_token_is_used_for_all_that_needs_the_same_rights()
    {
        await _world.PushAsync(Content);
        await _world.PushAsync(Blob.Of(1500));
        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);
        await _world.Client.TagsAsync(CancellationToken.None);

        _tokens.Requests.Count.ShouldBe(2, "one to push with, one to pull with");
    }

    [Theory]
    [InlineData("""{"token":"token-1","expires_in":300}""", 269, 1)]
    [InlineData("""{"token":"token-1","expires_in":300}""", 271, 2)]
    [InlineData("""{"access_token":"token-1"}""", 53, 1)]
    [InlineData("""{"access_token":"token-1"}""", 55, 2)]
    [InlineData("""{"token":"token-1","access_token":"other","expires_in":"soon"}""", 55, 2)]
    public async Task A_token_is_fetched_anew_before_it_runs_out(string answer, int seconds, int fetched)
    {
        _tokens.Issue = _ => FakeRegistry.Answer(200, answer);
        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        _world.Time.Advance(TimeSpan.FromSeconds(seconds));
        await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None);

        _tokens.Requests.Count.ShouldBe(fetched);
    }

    [Fact]
    public async Task A_token_that_the_registry_no_longer_takes_is_replaced_during_an_upload()
    {
        _tokens.Accepts = token => token != "token-1" || Registry.Count(HttpMethod.Patch) < 2;

        await _world.PushAsync(Content);

        _tokens.Requests.Count.ShouldBe(2);
        _world.Stored(Content).ShouldBe(Content.Content);
    }

    [Fact]
    public async Task Uploads_at_once_fetch_one_token()
    {
        var blobs = Enumerable.Range(0, 6).Select(index => Blob.Of(1500, (ulong)index)).ToList();

        await Task.WhenAll(blobs.Select(_world.PushAsync));

        _tokens.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_ends_it()
    {
        _tokens.Accepts = _ => false;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry refuses the credentials");
        Registry.Exchanges.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(401, "The registry refuses the credentials")]
    [InlineData(403, "The registry does not allow this")]
    public async Task A_token_server_that_refuses_is_told(int status, string what)
    {
        _tokens.Issue = _ => FakeRegistry.Answer(status);

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        (finding.What, finding.Where).ShouldBe((what, "GET http://auth.test/token"));
    }

    [Fact]
    public async Task A_token_server_in_trouble_is_asked_again()
    {
        _tokens.Issue = token => token == "token-1" ? FakeRegistry.Answer(503) : FakeRegistry.Answer(200, $$"""{"token":"{{token}}"}""");

        (await _world.Client.ExistsAsync(Content.Digest, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":17}""")]
    [InlineData("""{"token":"line\nbreak"}""")]
    public async Task An_answer_without_a_token_is_told(string body)
    {
        _tokens.Issue = _ => FakeRegistry.Answer(200, body);

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The token server's answer holds no token");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/token")]
    [InlineData("file:///etc/passwd")]
    public async Task A_realm_that_is_no_address_is_told(string realm)
    {
        _tokens.Realm = realm;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry names no address to fetch a token from");
    }

    [Fact]
    public async Task The_password_is_not_sent_in_the_clear_for_a_registry_with_encryption()
    {
        using var world = new RegistryWorld("https://registry.test/team/mlops");
        var tokens = new TokenServer(world);

        var failure = await Should.ThrowAsync<StageFailedException>(world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Expected.ShouldBe("a realm with https");
        tokens.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scheme_nobody_knows_is_left_unanswered()
    {
        Registry.Before = _ => Challenge("Negotiate");

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Content.Digest, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry refuses the credentials");
        Registry.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Secrets_that_a_server_repeats_are_blotted_out()
    {
        Registry.Before = exchange => exchange.Authorization is null
            ? Challenge("Basic realm=\"test\"")
            : FakeRegistry.Answer(
                403, $$"""{"errors":[{"code":"DENIED","message":"{{RegistryWorld.Password}} in {{exchange.Authorization}}"}]}""");

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.TagsAsync(CancellationToken.None));

        failure.ToString().ShouldNotContain(RegistryWorld.Password);
        failure.ToString().ShouldNotContain(TokenServer.Basic["Basic ".Length..]);
        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("403 Forbidden (DENIED: *** in Basic ***)");
    }

    private static HttpResponseMessage Challenge(string challenge)
    {
        var response = FakeRegistry.Answer(401);
        response.Headers.WwwAuthenticate.ParseAdd(challenge);
        return response;
    }
}
