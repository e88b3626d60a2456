using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Dashboard.Acts;

namespace MlOpsBuild.Dashboard.Tests;

public sealed class DashboardServerTests : IAsyncLifetime, IDisposable
{
    private const string Token = "0123456789abcdef";
    private readonly FakeBuild _build = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private DashboardServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = new(new(0, Token) { Pause = TimeSpan.FromMilliseconds(20) }, _build, TimeProvider.System);
        await _server.StartAsync(CancellationToken.None);
        _http.BaseAddress = new($"http://127.0.0.1:{_server.Port}/");
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public void The_token_stands_behind_the_address_where_no_server_sees_it() =>
        _server.Address.ToString().ShouldBe($"http://127.0.0.1:{_server.Port}/#{Token}");

    [Fact]
    public async Task The_page_is_small_needs_nothing_from_elsewhere_and_says_nothing_without_the_token()
    {
        _http.DefaultRequestHeaders.Authorization = null;
        using var answer = await _http.GetAsync(At(""));

        var page = await answer.Content.ReadAsStringAsync();
        page.Length.ShouldBeLessThan(300_000);
        page.ShouldNotContain("Demand");
        page.ShouldNotContain("https://");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'nonce-");
        policy.ShouldContain("connect-src 'self'");
        var nonce = policy.Split("script-src 'nonce-")[1].Split('\'')[0];
        page.Split($"nonce=\"{nonce}\"").Length.ShouldBe(3);
        (await (await _http.GetAsync(At(""))).Content.ReadAsStringAsync()).ShouldNotContain(nonce);
        (answer.Headers.CacheControl!.NoStore, answer.Headers.GetValues("X-Frame-Options").Single()).ShouldBe((true, "DENY"));
    }

    [Theory]
    [InlineData("GET", "state", null)]
    [InlineData("GET", "state", "Bearer wrong")]
    [InlineData("GET", "state", "Basic 0123456789abcdef")]
    [InlineData("GET", "tell?topic=card&pipeline=Demand&version=1", "Bearer 0123456789abcde")]
    [InlineData("POST", "act", "Bearer 0123456789abcdef0")]
    public async Task Without_the_token_nothing_is_told_or_done(string method, string path, string? header)
    {
        _http.DefaultRequestHeaders.Authorization = header == null ? null : AuthenticationHeaderValue.Parse(header);
        using var request = new HttpRequestMessage(new(method), path);

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _build.Acts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_name_that_is_not_of_this_machine_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "state") { Headers = { Host = host } };

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task What_is_new_is_sent_and_nothing_twice()
    {
        using var reader = new StreamReader(await _http.GetStreamAsync(At("state")));

        (await EventAsync(reader))["places"]!.AsArray().Count.ShouldBe(2);
        _build.State = _build.State with { Places = [_build.State.Places[0] with { Champion = 2 }] };

        var next = await EventAsync(reader);
        next["places"]!.AsArray().ShouldHaveSingleItem()!["champion"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_asked_for_is_done_by_the_build_with_its_reason()
    {
        using var answer = await ActAsync("""{"kind":"Rollback","pipeline":"Demand","environment":"local","reason":"  it got worse "}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Rollback is done");
        _build.Acts.ShouldBe([new(DashboardActKind.Rollback, "Demand", "local", null, "it got worse")]);
    }

    [Theory]
    [InlineData("no JSON", "are needed")]
    [InlineData("""{"kind":"Delete","pipeline":"Demand","environment":"local","reason":"because"}""", "are needed")]
    [InlineData("""{"kind":7,"pipeline":"Demand","environment":"local","reason":"because"}""", "are needed")]
    [InlineData("""{"kind":"Rollback","pipeline":"Demand","environment":"local"}""", "are needed")]
    [InlineData("""{"kind":"Rollback","pipeline":"--help","environment":"local","reason":"because"}""", "no such place")]
    [InlineData("""{"kind":"Rollback","pipeline":"Demand","environment":"docker","reason":"because"}""", "no such place")]
    [InlineData("""{"kind":"Deploy","pipeline":"Demand","environment":"local","version":9,"reason":"because"}""", "no such version")]
    [InlineData("""{"kind":"Deploy","pipeline":"Demand","environment":"local","reason":"because"}""", "no such version")]
    [InlineData("""{"kind":"Rollback","pipeline":"Demand","environment":"local","reason":" a "}""", "a reason of 3 to 500 letters")]
    [InlineData("""{"kind":"Rollback","pipeline":"Demand","environment":"local","reason":"two\nlines"}""", "in one line")]
    public async Task What_the_page_does_not_show_cannot_be_asked_for(string body, string problem)
    {
        using var answer = await ActAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!["error"]!.GetValue<string>().ShouldContain(problem);
        _build.Acts.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_is_not_done_twice_at_once_and_a_rollback_waits_for_no_deployment()
    {
        var hold = new TaskCompletionSource<DashboardAnswer>();
        _build.Answer = act => act.Kind == DashboardActKind.Deploy ? hold.Task : Task.FromResult(new DashboardAnswer(0, []));
        const string Deploy = """{"kind":"Deploy","pipeline":"Demand","environment":"local","version":4,"reason":"better"}""";
        var first = ActAsync(Deploy);
        while (_build.Acts.Count == 0)
        {
            await Task.Yield();
        }

        (await ActAsync(Deploy)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ActAsync("""{"kind":"Rollback","pipeline":"Demand","environment":"local","reason":"worse"}""")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        hold.SetResult(new(3, ["a gate said no"]));

        (await (await first).Content.ReadAsStringAsync()).ShouldContain("\"exitCode\": 3");
        (await ActAsync(Deploy)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("tell?topic=card&pipeline=Demand&version=2", HttpStatusCode.OK)]
    [InlineData("tell?topic=lineage&pipeline=Demand&version=2", HttpStatusCode.OK)]
    [InlineData("tell?topic=card&pipeline=Demand&version=7", HttpStatusCode.NotFound)]
    [InlineData("tell?topic=card&pipeline=Other&version=1", HttpStatusCode.NotFound)]
    [InlineData("tell?topic=passwd&pipeline=Demand&version=1", HttpStatusCode.NotFound)]
    [InlineData("elsewhere", HttpStatusCode.NotFound)]
    public async Task Texts_on_versions_are_plain_text(string path, HttpStatusCode status)
    {
        using var answer = await _http.GetAsync(At(path));

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(status == HttpStatusCode.OK ? "text/plain" : "application/json");
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private Task<HttpResponseMessage> ActAsync(string body) =>
        _http.PostAsync(At("act"), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private static async Task<JsonNode> EventAsync(StreamReader reader)
    {
        while (true)
        {
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line["data: ".Length..])!;
            }
        }
    }
}
