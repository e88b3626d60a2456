using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>A case before it is asked.</summary>
/// <param name="Request">It as a request: what is known of it, and no personal data but what the prompt names.</param>
/// <param name="Read">The columns that the prompt names.</param>
/// <param name="Messages">What the language model is told.</param>
/// <param name="First">Which time the same is asked, when it is asked first: an earlier case may say the same.</param>
/// <param name="Expected">What a good answer says; null where that is not known.</param>
internal sealed record AskedCase(
    JsonObject Request, JsonObject Read, IReadOnlyList<PromptMessage> Messages, int First, string? Expected)
{
    /// <summary>Number of what is read: cases of which the same is read are one block, whose answers have a difficulty in common.</summary>
    public int Block { get; init; }

    /// <summary>The rows of <paramref name="heldOut"/> as cases.</summary>
    /// <param name="model">Who is asked.</param>
    /// <param name="heldOut">The rows.</param>
    /// <param name="request">What a request carries: the model's fields first.</param>
    /// <param name="repeats">How often each is asked.</param>
    public static IReadOnlyList<AskedCase> Of(PromptModel model, DataTable heldOut, IReadOnlyList<FieldRule> request, int repeats)
    {
        var (cases, before, expected) = (new List<AskedCase>(), new AskedBefore(), ExpectedOf(heldOut));
        foreach (var row in FieldRows.Of(heldOut, request))
        {
            var input = new InputRow(row.AsSpan(0, model.Fields.Count), heldOut.Texts);
            var read = RowWriter.Write(model.Fields, input);
            var (block, time) = before.Count(read.ToJsonString());
            cases.Add(new(
                RowWriter.Write(request, new InputRow(row, heldOut.Texts)), read, model.MessagesFor(input), time * repeats,
                expected[cases.Count])
            {
                Block = block
            });
        }

        return cases;
    }

    private static string?[] ExpectedOf(DataTable heldOut)
    {
        FieldRule[] label = [heldOut.Contract.Label.Rule];
        return
        [
            .. FieldRows.Of(heldOut, label).Select(row => RowWriter.Write(label, new InputRow(row, heldOut.Texts))[label[0].Name])
                .Select(value => value == null ? null : FieldText.Of(value)),
        ];
    }
}
