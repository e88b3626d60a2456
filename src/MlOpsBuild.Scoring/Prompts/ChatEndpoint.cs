using System.Text.Json.Serialization;
using static System.FormattableString;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>
/// Where a language model answers, and how it is asked: by the chat completions protocol, which most engines and providers speak.
/// </summary>
/// <param name="Url">The address, for example <c>https://llm.example.com/v1/chat/completions</c>; plain http on loopback only.</param>
/// <param name="Model">The model's name there.</param>
public sealed record ChatEndpoint(Uri Url, string Model)
{
    private const int UsualAtOnce = 8;
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);

    /// <summary>Name of the environment variable that holds the key; it is sent nowhere else and stored nowhere.</summary>
    /// <value>null: none is sent.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyVariable { get; init; }

    /// <summary>How freely words are chosen, from 0 to 2.</summary>
    /// <value>null: as the endpoint likes.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get; init; }

    /// <summary>Most tokens of an answer.</summary>
    /// <value>null: as many as the endpoint gives.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaximumTokens { get; init; }

    /// <summary>Price of a million tokens that are sent, in whatever currency; null where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? InputPrice { get; init; }

    /// <summary>Price of a million tokens that are answered; null where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OutputPrice { get; init; }

    /// <summary>How long an answer may take.</summary>
    /// <value>A minute; a server of predictions waits 9 seconds at most, less than its callers do.</value>
    // Generated code that reads this gives 0 to what is left out.
    public TimeSpan AnswersWithin { get; init => field = value == default ? UsualPatience : value; } = UsualPatience;

    /// <summary>How many answers are waited for at once.</summary>
    /// <value>8.</value>
    public int AtOnce { get; init => field = value == 0 ? UsualAtOnce : value; } = UsualAtOnce;

    /// <summary>The model, how it is asked and where, in a line.</summary>
    public string Describe() => string.Join(' ', new[]
    {
        Model, Said("temperature", Temperature), Said("maximum-tokens", MaximumTokens),
        Said("prices", InputPrice == null && OutputPrice == null ? null : Invariant($"{InputPrice}+{OutputPrice}")),
        Said("key", KeyVariable), Said("answers-within", AnswersWithin == UsualPatience ? null : (object)AnswersWithin),
        Said("at-once", AtOnce == UsualAtOnce ? null : (object)AtOnce), $"at {Url}",
    }.OfType<string>());

    /// <summary>What an answer cost; null where a price or its tokens are not known.</summary>
    public double? CostOf(ChatAnswer answer) => InputPrice is { } input && OutputPrice is { } output
        ? ((answer.InputTokens * input) + (answer.OutputTokens * output)) / 1e6
        : null;

    /// <summary>Whether the address is one that a key and people's texts may be sent to.</summary>
    [JsonIgnore]
    public bool IsSafe => Url.IsAbsoluteUri && Url.UserInfo.Length == 0
        && (Url.Scheme == Uri.UriSchemeHttps || (Url.Scheme == Uri.UriSchemeHttp && Url.IsLoopback));

    /// <summary>Whether it answers on this machine, so that nothing leaves it.</summary>
    [JsonIgnore]
    public bool IsLocal => Url.IsAbsoluteUri && Url.IsLoopback;

    private static string? Said(string name, object? value) => value == null ? null : Invariant($"{name}={value}");
}
