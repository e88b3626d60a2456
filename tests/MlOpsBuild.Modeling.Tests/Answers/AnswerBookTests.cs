using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class AnswerBookTests : IDisposable
{
    private static readonly PromptMessage[] Question = [new("user", "Why?")];
    private readonly TemporaryFolder _folder = new();
    private readonly FakeLanguageModel _model = new(asked => $"answer {asked.Number}");
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly ManualTime _time = new();

    public void Dispose()
    {
        _http.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_same_question_is_asked_once_each_time_it_is_to_be_asked()
    {
        var book = Book();

        (await AskAsync(book, 0)).ShouldBe("answer 0");
        (await AskAsync(book, 1)).ShouldBe("answer 1");
        (await AskAsync(book, 0)).ShouldBe("answer 0");

        (book.Asked, book.Remembered).ShouldBe((2, 1));
        (await AskAsync(Book(), 1)).ShouldBe("answer 1", "another build remembers it, too");
        (await AskAsync(book, 0, Endpoint with { Temperature = 1 })).ShouldBe("answer 2");
        (await AskAsync(book, 0, Endpoint with { InputPrice = 3, AtOnce = 1 })).ShouldBe("answer 0", "what it costs changes no answer");
    }

    [Fact]
    public async Task An_endpoint_that_is_busy_is_asked_again_after_the_pause_it_wants()
    {
        _model.RefuseNext(429, "20");
        _model.RefuseNext(500);

        (await AskAsync(Book(), 0)).ShouldBe("answer 0");

        (_time.GetUtcNow() - new ManualTime().GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(22));
    }

    [Theory]
    [InlineData(400, null, 1)]
    [InlineData(429, "3600", 1)]
    [InlineData(503, null, 6)]
    public async Task It_gives_up_where_asking_again_cannot_help(int status, string? asks, int attempts)
    {
        for (var refusal = 0; refusal < 10; refusal++)
        {
            _model.RefuseNext(status, asks);
        }

        await Should.ThrowAsync<ChatFailedException>(() => AskAsync(Book(), 0));

        for (var left = attempts; left < 10; left++)
        {
            await Should.ThrowAsync<ChatFailedException>(
                () => new ChatClient(_http, _ => null).AskAsync(Endpoint, Question, CancellationToken.None));
        }

        (await AskAsync(Book(), 0)).ShouldBe("answer 0");
    }

    [Fact]
    public async Task A_page_that_was_torn_is_asked_anew()
    {
        await AskAsync(Book(), 0);
        var page = Directory.GetFiles(_folder.Path, "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(page, "{\"text\": \"ans");

        (await AskAsync(Book(), 0)).ShouldBe("answer 1");
    }

    private ChatEndpoint Endpoint => new(_model.Address, "small");

    private AnswerBook Book() => new(_folder.Path, new ChatClient(_http, _ => null), _time);

    private async Task<string> AskAsync(AnswerBook book, int time, ChatEndpoint? endpoint = null) =>
        (await book.AskAsync(endpoint ?? Endpoint, Question, time, null, CancellationToken.None)).Text;
}
