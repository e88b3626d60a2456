using System.Globalization;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Scoring.Prompts.Tests;

public sealed class ChatClientTests : IDisposable
{
    private static readonly PromptMessage[] Question = [new("system", "Be short."), new("user", "two words")];
    private readonly FakeLanguageModel _model = new(asked => asked.Last == "refuse" ? null : asked.Last) { Key = "sk-secret" };
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());

    private ChatEndpoint Endpoint => new(_model.Address, "small") { KeyVariable = "LLM_KEY" };

    public void Dispose()
    {
        _http.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task A_question_is_sent_as_the_protocol_says_and_its_tokens_are_counted()
    {
        var answer = await AskAsync(Endpoint with { Temperature = 0.5, MaximumTokens = 7 });

        answer.ShouldBe(new("two words", 4, 2));
        var asked = _model.Asked.ShouldHaveSingleItem();
        (asked.Model, asked.Temperature, asked.MaximumTokens).ShouldBe(("small", 0.5, 7));
        asked.Messages.ShouldBe([("system", "Be short."), ("user", "two words")]);
    }

    [Fact]
    public async Task A_refusal_has_no_content_and_is_an_answer() =>
        (await AskAsync(Endpoint, said: [new("user", "refuse")])).Text.ShouldBe("");

    [Theory]
    [InlineData(429, "7", true, 7)]
    [InlineData(503, null, true, null)]
    [InlineData(0, null, true, null)]
    [InlineData(400, null, false, null)]
    [InlineData(302, null, false, null)]
    public async Task Whoever_gives_no_answer_may_give_one_later_where_it_was_busy(int status, string? asks, bool passing, int? seconds)
    {
        _model.RefuseNext(status, asks);

        var failure = await Should.ThrowAsync<ChatFailedException>(() => AskAsync(Endpoint));

        failure.IsPassing.ShouldBe(passing);
        ((int?)failure.AskedPause?.TotalSeconds).ShouldBe(seconds);
        failure.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB2221");
    }

    [Fact]
    public async Task An_endpoint_that_repeats_the_key_does_not_get_it_into_a_message()
    {
        var failure = await Should.ThrowAsync<ChatFailedException>(() => AskAsync(Endpoint, key: "sk-wrong"));

        failure.Message.ShouldContain("status 401");
        failure.Message.ShouldContain("Bearer ***");
        failure.Message.ShouldNotContain("sk-wrong");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_key_that_is_not_set_is_told_by_the_name_of_its_variable(string? key)
    {
        (await Should.ThrowAsync<ChatFailedException>(() => AskAsync(Endpoint, key: key))).Message.ShouldContain("LLM_KEY");
        _model.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sk-a\nsk-b")]
    [InlineData("sk-ä")]
    [InlineData("two words")]
    public async Task A_key_that_no_header_can_carry_is_told_and_not_shown(string key)
    {
        var failure = await Should.ThrowAsync<ChatFailedException>(() => AskAsync(Endpoint, key: key));

        (failure.IsPassing, failure.Findings[0].Value).ShouldBe((false, "LLM_KEY has characters that no key has"));
        failure.Message.ShouldNotContain(key);
    }

    [Fact]
    public async Task What_an_endpoint_says_is_quoted_as_text_or_where_that_may_repeat_a_question_not_at_all()
    {
        using var loud = new FakeLanguageModel(_ => "") { Key = "another\u001b[31m" };
        var client = new ChatClient(_http, _ => "sk-\u007Esecret");

        (await Should.ThrowAsync<ChatFailedException>(() => client.AskAsync(
            new(loud.Address, "small") { KeyVariable = "K" }, Question, CancellationToken.None))).Message.ShouldNotContain("\u001b");
        (await Should.ThrowAsync<ChatFailedException>(() => new ChatClient(_http, _ => "sk-x", quotes: false).AskAsync(
            Endpoint, Question, CancellationToken.None))).Message.ShouldNotContain("it said");
    }

    [Fact]
    public void What_listens_on_this_machine_is_asked_without_a_proxy()
    {
        using var handler = ChatClient.Handler();

        handler.Proxy!.IsBypassed(_model.Address).ShouldBeTrue();
        handler.Proxy.GetProxy(_model.Address).ShouldBe(_model.Address);
        (handler.AllowAutoRedirect, handler.UseCookies).ShouldBe((false, false));
    }

    [Fact]
    public async Task An_endpoint_that_counts_no_tokens_says_nothing_of_them()
    {
        _model.CountsTokens = false;

        var answer = await AskAsync(Endpoint);

        (answer.InputTokens, answer.Tokens).ShouldBe((null, null));
        (Endpoint with { InputPrice = 1, OutputPrice = 1 }).CostOf(answer).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_none()
    {
        using var never = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        never.Start();
        var port = ((System.Net.IPEndPoint)never.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var failure = await Should.ThrowAsync<ChatFailedException>(() => AskAsync(
            new(new($"http://127.0.0.1:{port}/"), "small") { AnswersWithin = TimeSpan.FromMilliseconds(50) }));

        (failure.IsPassing, failure.Findings[0].Value).ShouldBe((true, "nothing within 0.05 s"));
    }

    [Theory]
    [InlineData("https://llm.example.com/v1", true, false)]
    [InlineData("http://127.0.0.1:1/v1", true, true)]
    [InlineData("http://llm.example.com/v1", false, false)]
    [InlineData("https://name:word@llm.example.com/v1", false, false)]
    [InlineData("v1/chat", false, false)]
    [InlineData("ftp://127.0.0.1/v1", false, true)]
    public void A_key_goes_over_an_encrypted_connection_or_stays_on_this_machine(string address, bool safe, bool local)
    {
        var endpoint = new ChatEndpoint(new(address, UriKind.RelativeOrAbsolute), "small");

        (endpoint.IsSafe, endpoint.IsLocal).ShouldBe((safe, local));
    }

    [Fact]
    public void An_answer_costs_what_a_million_tokens_cost_by_a_millionth()
    {
        var endpoint = Endpoint with { InputPrice = 0.15, OutputPrice = 0.6 };

        endpoint.CostOf(new("", 1000, 500)).ShouldBe(0.00045);
        (endpoint with { OutputPrice = null }).CostOf(new("", 1000, 500)).ShouldBeNull();
    }

    private Task<ChatAnswer> AskAsync(ChatEndpoint endpoint, string? key = "sk-secret", PromptMessage[]? said = null) =>
        new ChatClient(_http, name => name == "LLM_KEY" ? key : null).AskAsync(endpoint, said ?? Question, CancellationToken.None);
}
