using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>
/// Asks a program of one's own, one row at a time: it reads a JSON object a line and answers a line with a number, a list of probabilities
/// or <c>{"error": "…"}</c>. One that ended by itself is started again once; one that writes anything else is ended, since its next lines
/// could belong to any row.
/// </summary>
public sealed class CommandScorer : IRowScorer
{
    private const int MostTold = 2_000;
    private readonly CommandModel _model;
    private readonly string _folder;
    private readonly Lock _turn = new();
    private CommandProcess? _process;

    private CommandScorer(CommandModel model, string folder) => (_model, _folder) = (model, folder);

    /// <summary>Writes the model's files into a folder of its own and starts the program there.</summary>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public static CommandScorer Start(CommandModel model)
    {
        var scorer = new CommandScorer(model, Directory.CreateDirectory(Path.Combine(model.Folder ?? Path.GetTempPath(), $"mlops-command-{Guid.NewGuid():N}")).FullName);
        try
        {
            scorer.Write();
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
        var line = RowWriter.Write(_model.Fields, row).ToJsonString();
        lock (_turn)
        {
            var answer = Ask(line);
            if (answer == null)
            {
                End();
                answer = Ask(line) ?? throw Broken("it ended without an answer");
            }

            return Read(answer);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Of folders only the owner has a right to, and the program may be one of the files.
    private void Write()
    {
        foreach (var (path, content) in _model.Files)
        {
            var file = Path.GetFullPath(path, _folder);
            if (!file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new StageFailedException(new Finding("A file of the model lies outside its folder", "Trainers.Command", path, "a relative path without .."));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
            ProgramFile.MakeExecutable(file);
        }
    }

    private string? Ask(string line)
    {
        try
        {
            return (_process ??= CommandProcess.Start(_model, _folder)).Ask(line);
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidDataException)
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

    private Prediction Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var answer = document.RootElement;
            switch (answer.ValueKind)
            {
                case JsonValueKind.Number when _model.Classes is null:
                    return _model.Scale.Undo(answer.GetDouble());
                case JsonValueKind.Number when _model.Classes is { IsBinary: true }:
                    return answer.GetDouble();
                case JsonValueKind.Array when _model.Classes is { IsBinary: false } classes && answer.GetArrayLength() == classes.Names.Count:
                    return new([.. answer.EnumerateArray().Select(element => element.GetDouble())]);
                case JsonValueKind.Object when answer.TryGetProperty("error", out var error):
                    throw Broken(error.ToString());
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            // Not an answer; see below.
        }

        var broken = Broken(line);
        End();
        throw broken;
    }

    private StageFailedException Broken(string answer) => new(new Finding(
        "The model's program gives no prediction", string.Join(' ', _model.Command), answer.Length > MostTold ? answer[..MostTold] : answer, _model.Classes switch
        {
            null => "a number",
            { IsBinary: true } => "a probability from 0 to 1",
            var many => string.Create(CultureInfo.InvariantCulture, $"a list of {many.Names.Count} probabilities"),
        }, _process?.Told is { Length: > 0 } told ? $"it said: {told}" : "look at what it writes: nothing but answers belongs on its standard output"));
}
