using MlOpsBuild.Modeling.Training.Command;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// Programs of one's own, in any language. Training runs in a folder with <paramref name="files"/>, <c>training.csv</c> and
    /// <c>training.json</c>, and leaves its model in <c>model/</c>. Scoring runs in a folder with <paramref name="files"/> and
    /// <c>model/</c>, and answers each line of its input, <c>{"id": 7, "features": {…}}</c>, with a line
    /// <c>{"id": 7, "prediction": 12.5}</c>, or "probability", or "probabilities". See <c>src/docs/foreign-models.md</c>.
    /// </summary>
    /// <param name="train">The training program and its arguments, for example <c>["python3", "train.py"]</c>.</param>
    /// <param name="score">The scoring program and its arguments.</param>
    /// <param name="files">Files both need, below the checkout; they lie in the folder under their own names.</param>
    /// <param name="minutes">How long training may take; 60 by default.</param>
    /// <param name="weights">Whether the training program heeds the column of weights; else a pipeline with weights is refused.</param>
    public static TrainerSpec Command(
        IReadOnlyList<string> train, IReadOnlyList<string> score, IReadOnlyList<string> files, int minutes = 60, bool weights = false)
    {
        var names = files.Select(file => Path.GetFileName(file)).ToList();
        return new TrainerOptions("Trainers.Command")
            .AtLeast("train, words", train.Count, 1)
            .AtLeast("score, words", score.Count, 1)
            .AtLeast(nameof(minutes), minutes, 1)
            .Require(
                nameof(files), string.Join(", ", files), names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count,
                "files of different names: they lie in one folder")
            .Require(
                nameof(files), string.Join(", ", files),
                !names
                    .Intersect(
                        [TrainingTable.RowsFile, TrainingTable.MeaningFile, CommandTrainer.ModelFolder], StringComparer.OrdinalIgnoreCase)
                    .Any(),
                $"other names than {TrainingTable.RowsFile}, {TrainingTable.MeaningFile} and {CommandTrainer.ModelFolder}")
            .For(new CommandTrainer(train, score, files, minutes, weights));
    }
}
