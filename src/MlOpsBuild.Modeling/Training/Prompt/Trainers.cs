using System.Globalization;
using MlOpsBuild.Modeling.Training.Prompt;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// No training: a language model and what it is told. The text of the file and the settings of the endpoint are the model; a pipeline
    /// of <c>.Answer(…)</c> asks it for every case.
    /// </summary>
    /// <param name="file">
    /// The prompt, below the checkout: text with the columns of a case as <c>{{Question}}</c>, and lines <c>[system]</c>, <c>[user]</c>,
    /// <c>[assistant]</c> where a message begins.
    /// </param>
    /// <param name="endpoint">Where the language model answers.</param>
    /// <param name="sendsPersonalData">Whether [PersonalData] may be sent to an endpoint that is not on this machine.</param>
    public static TrainerSpec Prompt(string file, ChatEndpoint endpoint, bool sendsPersonalData = false) =>
        new TrainerOptions("Trainers.Prompt")
            .Require(nameof(file), file, !string.IsNullOrWhiteSpace(file), "a file below the checkout")
            .Endpoint(endpoint)
            .For(new PromptTrainer(file, endpoint, sendsPersonalData));

    internal static TrainerOptions Endpoint(this TrainerOptions options, ChatEndpoint endpoint) => options
        .Require(
            "endpoint", endpoint.Url.ToString(), endpoint.IsSafe,
            "a whole address with https and without a name or password in it; plain http on this machine only")
        .Require("model", endpoint.Model, !string.IsNullOrWhiteSpace(endpoint.Model), "the model's name at the endpoint")
        .Require(
            "temperature", Text(endpoint.Temperature), endpoint.Temperature is null or (>= 0 and <= 2), "a number from 0 to 2")
        .AtLeast("maximumTokens", endpoint.MaximumTokens ?? 1, 1)
        .Require("inputPrice", Text(endpoint.InputPrice), IsPrice(endpoint.InputPrice), "0 or more")
        .Require("outputPrice", Text(endpoint.OutputPrice), IsPrice(endpoint.OutputPrice), "0 or more")
        .Require(
            "answersWithin", endpoint.AnswersWithin.ToString(), endpoint.AnswersWithin > TimeSpan.Zero && endpoint.AnswersWithin <= Longest,
            "above 0, at most an hour")
        .AtLeast("atOnce", endpoint.AtOnce, 1);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static bool IsPrice(double? price) => price is null || (double.IsFinite(price.Value) && price >= 0);

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
