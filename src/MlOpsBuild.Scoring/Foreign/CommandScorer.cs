using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>
/// Asks a program of one's own, one row at a time: it reads a line <c>{"id": 7, "features": {…}}</c> and answers
/// <c>{"id": 7, "prediction": 12.5}</c>, <c>"probability"</c>, <c>"probabilities": […]</c> or <c>"error": "…"</c>. Lines without the id are
/// remarks, and no row's answer. One that ended by itself is started again once; one that does not answer in time is ended.
/// </summary>
public sealed class CommandScorer : IRowScorer
{
    private const int MostTold = 2_000;
    private readonly CommandModel _model;
    private readonly ProgramFolder _folder;
    private readonly Lock _turn = new();
    private CommandProcess? _process;
    private long _asked;

    private CommandScorer(CommandModel model, ProgramFolder folder) => (_model, _folder) = (model, folder);

    /// <summary>Writes the model's files into a folder of its own and starts the program there.</summary>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public static CommandScorer Start(CommandModel model)
    {
        var scorer = new CommandScorer(
            model,
            new(Directory.CreateDirectory(Path.Combine(model.Folder ?? Path.GetTempPath(), $"mlops-command-{Guid.NewGuid():N}")).FullName));
        try
        {
            foreach (var (path, content) in model.Files)
            {
                scorer._folder.Write(path, content);
            }

            scorer._process = CommandProcess.Start(model, scorer._folder);
            return scorer;
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Prediction Score(InputRow row)
    {
        lock (_turn)
        {
            var line = new JsonObject { ["id"] = ++_asked, ["features"] = RowWriter.Write(_model.Fields, row) }.ToJsonString();
            var answer = Ask(line);
            if (answer == null)
            {
                End();
                answer = Ask(line) ?? throw Broken("it ended without an answer");
            }

            return Read(answer.Value);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        End();
        Directory.Delete(_folder.Path, recursive: true);
    }

    private JsonElement? Ask(string line)
    {
        try
        {
            return (_process ??= CommandProcess.Start(_model, _folder)).Ask(_asked, line);
        }
        catch (TimeoutException problem)
        {
            var broken = Broken(problem.Message);
            End();
            throw broken;
        }
    }

    private void End()
    {
        var process = _process;
        _process = null;
        process?.Dispose();
    }

    private Prediction Read(JsonElement answer)
    {
        if (answer.TryGetProperty("error", out var error))
        {
            throw Broken(error.ToString());
        }

        try
        {
            switch (_model.Classes)
            {
                case null when answer.TryGetProperty("prediction", out var number):
                    return _model.Scale.Undo(number.GetDouble());
                case { IsBinary: true } when answer.TryGetProperty("probability", out var probability):
                    return probability.GetDouble();
                case { IsBinary: false } classes
                    when answer.TryGetProperty("probabilities", out var each) && each.GetArrayLength() == classes.Names.Count:
                    return new([.. each.EnumerateArray().Select(element => element.GetDouble())]);
            }
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException)
        {
            // Not a number; see below.
        }

        throw Broken(answer.GetRawText());
    }

    private StageFailedException Broken(string answer) => new(new Finding(
        "MLB2201", "The model's program gives no prediction", string.Join(' ', _model.Command),
        answer.Length > MostTold ? answer[..MostTold] : answer, _model.Classes switch
        {
            null => """{"id": …, "prediction": a number}""",
            { IsBinary: true } => """{"id": …, "probability": a number from 0 to 1}""",
            var many =>
                string.Create(CultureInfo.InvariantCulture, $$"""{"id": …, "probabilities": a list of {{many.Names.Count}} numbers}"""),
        }, _process?.Told is { Length: > 0 } told ? $"it said: {told}" : "look at what it writes"));
}
