using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>
/// Asks language models, and remembers what they answered: the same question, asked the same way for the same time, is asked once. An
/// endpoint that is busy is asked again after the pause it wants.
/// </summary>
public sealed class AnswerBook
{
    private const int Retries = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly string _folder;
    private readonly ChatClient _chat;
    private readonly ResiliencePipeline _patience;
    private int _asked;
    private int _remembered;

    /// <summary>A book in a folder.</summary>
    /// <param name="folder">Where answers are remembered.</param>
    /// <param name="chat">Who asks.</param>
    /// <param name="time">The clock of pauses.</param>
    public AnswerBook(string folder, ChatClient chat, TimeProvider time)
    {
        (_folder, _chat) = (folder, chat);
        _patience = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is ChatFailedException { IsPassing: true } failure && !(failure.AskedPause > LongestPause)),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                    (attempt.Outcome.Exception as ChatFailedException)?.AskedPause ?? TimeSpan.FromSeconds(1 << attempt.AttemptNumber)),
            }).Build();
    }

    /// <summary>Answers that an endpoint gave.</summary>
    public int Asked => _asked;

    /// <summary>Answers that were remembered.</summary>
    public int Remembered => _remembered;

    /// <summary>The answer to <paramref name="messages"/>.</summary>
    /// <param name="endpoint">Who is asked.</param>
    /// <param name="messages">What is said.</param>
    /// <param name="time">Which time the same is asked, from 0: each gets an answer of its own.</param>
    /// <param name="isOne">Whether it is an answer at all: what is none is given back and not remembered; null takes every one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChatFailedException">There is none, also after several attempts.</exception>
    public async Task<ChatAnswer> AskAsync(
        ChatEndpoint endpoint, IReadOnlyList<PromptMessage> messages, int time, Func<ChatAnswer, bool>? isOne,
        CancellationToken cancellationToken)
    {
        var key = Digest.Of(CanonicalJson.Serialize(new
        {
            endpoint.Url, endpoint.Model, endpoint.Temperature, endpoint.MaximumTokens, Messages = messages, Time = time,
        })).Hex;
        var file = Path.Combine(_folder, key[..2], $"{key}.json");
        if (await ReadAsync(file, cancellationToken) is { } known)
        {
            Interlocked.Increment(ref _remembered);
            return known;
        }

        var answer = await _patience.ExecuteAsync(
            async token => await _chat.AskAsync(endpoint, messages, token), cancellationToken);
        Interlocked.Increment(ref _asked);
        if (isOne?.Invoke(answer) == false)
        {
            return answer;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllBytesAsync(temporary, CanonicalJson.Serialize(answer), cancellationToken);
        try
        {
            File.Move(temporary, file, overwrite: false);
            return answer;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another build was asked the same meanwhile: both go on with the answer that came first, unless it is torn.
            if (await ReadAsync(file, cancellationToken) is { } first)
            {
                File.Delete(temporary);
                return first;
            }

            File.Move(temporary, file, overwrite: true);
            return answer;
        }
    }

    private static async Task<ChatAnswer?> ReadAsync(string file, CancellationToken cancellationToken) =>
        File.Exists(file)
        && CanonicalJson.TryDeserialize<ChatAnswer>(await File.ReadAllBytesAsync(file, cancellationToken)) is { Text: not null } known
            ? known
            : null;
}
