using System.Globalization;
using System.Linq.Expressions;
using System.Numerics;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Expectations;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Leaks;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Collects what a pipeline says of itself; problems are reported together at the end.</summary>
public sealed partial class PipelineDefinition<TRow>
{
    private readonly string _name;
    private DataContract _contract = ContractReader.Of<TRow>();
    private readonly List<Finding> _findings = [];
    private readonly List<GateSpec> _gates = [];
    private readonly List<string> _slices = [];
    private readonly List<SliceGate> _sliceGates = [];
    private readonly List<(string Column, double? AtMost, double? AtLeast)> _sliceBounds = [];
    private readonly List<FairnessSpec> _fairness = [];
    private double _falseFailures = GateFamily.UsualFalseFailures;
    private readonly List<string> _variables = [];
    private readonly List<AllowedLeak> _allowed = [];
    private DriftPolicy _drift = new();
    private readonly FeatureBuilder<TRow> _features;
    private DataSource? _source;
    private HoldOut? _holdOut;
    private TrainerSpec? _trainer;
    private TrainingWindow _window = TrainingWindow.All;
    private RetrainPolicy? _retraining;
    private CardStatement? _card;
    private readonly List<BehaviourTest> _behaviour = [];
    private TargetTransform _scale;
    private bool _clamp;
    private LearningTask _task;
    private AnswerSpec? _answers;
    private double _threshold = 0.5;
    private Action<CanaryBuilder>? _canary;
    private ServingBudget _budget = new();
    private MonitorPolicy _monitoring = new();
    private string? _label;
    private long _seed = 1;

    internal PipelineDefinition(string name, IReadOnlyDictionary<string, string> settings)
    {
        _name = name;
        Parameters = new(name, settings);
        _features = new(Usable);
    }

    /// <summary>The parameters asked for so far.</summary>
    internal PipelineParameters Parameters { get; }

    /// <summary>A parameter that the caller may set with <c>--set name=value</c>.</summary>
    public T Parameter<T>(string name, T defaultValue) where T : IParsable<T>, IFormattable => Parameters.Read(name, defaultValue);

    /// <summary>A parameter that the caller may set, and for which <c>./build.sh Tune</c> may choose between two bounds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="defaultValue">Its value when nobody chooses, which a search is compared with.</param>
    /// <param name="from">Least value that is searched; a caller may set others.</param>
    /// <param name="to">Greatest value that is searched.</param>
    /// <param name="byFactor">Whether equal factors are equal steps, as of rates, strengths and numbers of trees.</param>
    public T Parameter<T>(string name, T defaultValue, T from, T to, bool byFactor = false) where T : INumber<T> =>
        Parameters.Read(name, defaultValue, from, to, byFactor);

    /// <summary>A switch that the caller may set with <c>--set name=true</c> or <c>false</c>.</summary>
    public bool Switch(string name, bool defaultValue) => Parameters.Switch(name, defaultValue);

    /// <summary>One of several texts, which the caller may set and <c>./build.sh Tune</c> may choose.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="choices">All there are; the first one when nobody chooses.</param>
    public string Choice(string name, params string[] choices) => Parameters.Choice(name, choices);

    /// <summary>Where data comes from.</summary>
    public PipelineDefinition<TRow> Data(DataSource source) => With(() => _source = source);

    /// <summary>
    /// Leaves out rows that break a promise of the contract, as long as they are few; they are counted, told, and
    /// kept in a file with the reasons.
    /// </summary>
    /// <param name="upTo">The share of rows in (0, 1) that may be left out.</param>
    public PipelineDefinition<TRow> Quarantine(double upTo) => With(() =>
    {
        if (upTo is not (> 0 and < 1))
        {
            _findings.Add(new(
                "MLB2011", "No share of rows", "Quarantine", upTo.ToString(CultureInfo.InvariantCulture),
                "above 0 and below 1, for example 0.001", "correct the share"));
        }

        _contract = _contract with { Quarantine = upTo };
    });

    /// <summary>What the rows promise together, beside what each column does.</summary>
    public PipelineDefinition<TRow> Expect(Action<ExpectationBuilder<TRow>> expect) => With(() =>
    {
        var builder = new ExpectationBuilder<TRow>(_contract);
        expect(builder);
        _findings.AddRange(builder.Findings);
        _contract = _contract with { Expectations = [.. _contract.Expectations ?? [], .. builder.Expectations] };
    });

    /// <summary>Keeps the last whole days out of training.</summary>
    public PipelineDefinition<TRow> HoldOut(TimeSpan last) => With(() => _holdOut = new LastDays((int)last.TotalDays));

    /// <summary>Keeps a share of the rows out of training, drawn by seed; of classes, the same share of each.</summary>
    /// <param name="share">In (0, 1).</param>
    public PipelineDefinition<TRow> HoldOut(double share) => With(() => _holdOut = new RandomShare(share, false));

    /// <summary>Keeps a share of the groups out of training, drawn by seed: all rows of a group are on one side.</summary>
    /// <param name="groups">The property that says of which group a row is.</param>
    /// <param name="share">In (0, 1).</param>
    public PipelineDefinition<TRow> HoldOut<T>(Expression<Func<TRow, T>> groups, double share) => With(() =>
    {
        RequireNumbers(Column(groups));
        _holdOut = new GroupShare(Column(groups).Name, share);
    });

    /// <summary>Keeps the rows of files of their own out of training.</summary>
    public PipelineDefinition<TRow> HoldOut(DataSource files) => With(() => _holdOut = new OwnFiles(files));

    /// <summary>What is predicted.</summary>
    /// <param name="label">The property marked [Label].</param>
    /// <param name="task">What kind of value it is.</param>
    /// <param name="threshold">Of two classes: the positive one is answered from this probability on.</param>
    public PipelineDefinition<TRow> Predict<T>(Expression<Func<TRow, T>> label, LearningTask task, double threshold = 0.5) =>
        With(() => (_label, _task, _threshold) = (Column(label).Name, task, threshold));

    /// <summary>
    /// What is asked for is a text: all rows are cases, none is trained on, and a candidate is judged by the scores of its answers.
    /// </summary>
    /// <param name="expected">The property marked [Label]: what a good answer says, as far as scorers compare with it.</param>
    /// <param name="answer">How answers are scored, and how often each case is asked.</param>
    public PipelineDefinition<TRow> Answer<T>(Expression<Func<TRow, T>> expected, Action<AnswerBuilder> answer) => With(() =>
    {
        var builder = new AnswerBuilder();
        answer(builder);
        (_label, _answers, _holdOut) = (Column(expected).Name, builder.Spec, new AllCases());
        _findings.AddRange(builder.Findings);
    });

    /// <summary>The scale on which a model of numbers is fitted.</summary>
    /// <param name="transform">The scale.</param>
    /// <param name="clamp">Whether predictions are brought into the label's [Range]; else those beyond are marked in
    /// the answer and counted.</param>
    public PipelineDefinition<TRow> Target(TargetTransform transform, bool clamp = false) =>
        With(() => (_scale, _clamp) = (transform, clamp));

    /// <summary>What the model sees.</summary>
    public PipelineDefinition<TRow> Features(Action<FeatureBuilder<TRow>> features) => With(() => features(_features));

    /// <summary>What counts as drift of the data, and whether it fails the build: <c>.Drift(d => d with { Fails = true })</c>.</summary>
    public PipelineDefinition<TRow> Drift(Func<DriftPolicy, DriftPolicy> drift) => With(() => _drift = drift(_drift));

    /// <summary>Says that a column which looks like a leak is none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reason">Why it is known when predicting; shown beside the model.</param>
    public PipelineDefinition<TRow> AllowLeak<T>(Expression<Func<TRow, T>> column, string reason) =>
        With(() => Allow(Column(column).Name, reason));

    /// <summary>Says that rows which are trained on and held out are no leak.</summary>
    /// <param name="reason">Why not; shown beside the model.</param>
    public PipelineDefinition<TRow> AllowLeak(string reason) => With(() => Allow(null, reason));

    /// <summary>How the model is fitted.</summary>
    /// <param name="trainer">The family and its options.</param>
    /// <param name="window">Which rows before the hold-out are trained on; all alike when left out.
    /// <c>./build.sh Backtest</c> compares windows.</param>
    public PipelineDefinition<TRow> Train(TrainerSpec trainer, TrainingWindow? window = null) =>
        With(() => (_trainer, _window) = (trainer, window ?? TrainingWindow.All));

    /// <summary>Seed of everything random.</summary>
    public PipelineDefinition<TRow> Seed(long seed) => With(() => _seed = seed);

    /// <summary>Environment variables that training depends on; their values are part of its key.</summary>
    public PipelineDefinition<TRow> Environment(params string[] variables) => With(() => _variables.AddRange(variables));

    /// <summary>What a candidate must show on <paramref name="metric"/>.</summary>
    public PipelineDefinition<TRow> Gate(Metric metric, Action<GateBuilder> gate) => With(() =>
    {
        var builder = new GateBuilder(metric);
        gate(builder);
        _gates.Add(builder.Spec);
    });

    /// <summary>Reports metrics for each value of a column, and judges the worst of them where a limit is given.</summary>
    /// <param name="column">The column.</param>
    /// <param name="worstAtMost">Worst allowed value of the first gate's metric, where lower is better.</param>
    /// <param name="worstAtLeast">The same where higher is better.</param>
    /// <param name="championMargin">Largest tolerated loss against the champion on any value, as a part of the champion's there.</param>
    /// <param name="minimumRows">Values with fewer held-out rows are named and not judged.</param>
    public PipelineDefinition<TRow> Slice<T>(
        Expression<Func<TRow, T>> column, double? worstAtMost = null, double? worstAtLeast = null, double? championMargin = null,
        int minimumRows = 1) => With(() =>
    {
        var sliced = Column(column);
        RequireNumbers(sliced);
        if (sliced.PersonalData)
        {
            _findings.Add(new(
                "MLB2012", "Slices of personal data would be shown in reports", $"pipeline {_name}", sliced.Name,
                "a column that is not marked [PersonalData]", "remove it from .Slice(…), or compare groups by .Fairness(…)"));
        }

        _slices.Add(sliced.Name);
        if (worstAtMost != null || worstAtLeast != null || championMargin != null)
        {
            _sliceGates.Add(new(sliced.Name)
            {
                Bound = worstAtMost ?? worstAtLeast, ChampionMargin = championMargin, MinimumRows = minimumRows,
                Names = CategoryNames.Of(sliced.Rule),
            });
            _sliceBounds.Add((sliced.Name, worstAtMost, worstAtLeast));
        }
    });

    /// <summary>
    /// Compares how a model of two classes treats groups: selection, true and false positive rate, with intervals. Decides only where a
    /// limit is declared. The group of each held-out row is kept with its prediction, also where it is personal data; only rates are shown.
    /// </summary>
    /// <param name="column">The column that says who belongs to which group.</param>
    /// <param name="fairness">Limits; none when left out.</param>
    public PipelineDefinition<TRow> Fairness<T>(Expression<Func<TRow, T>> column, Action<FairnessBuilder>? fairness = null) => With(() =>
    {
        var (group, builder) = (Column(column), new FairnessBuilder());
        RequireNumbers(group);
        fairness?.Invoke(builder);
        _findings.AddRange(builder.Findings);
        _fairness.Add(builder.Of(group.Name) with { Names = CategoryNames.Of(group.Rule) });
    });

    /// <summary>
    /// The chance that a candidate which keeps every gate is failed by any of them, over all of them together (Holm 1979); 0.05 when left
    /// out. A single gate fails by one tail of its 95 % interval, at half of that.
    /// </summary>
    public PipelineDefinition<TRow> FalseFailures(double atMost) => With(() => _falseFailures = atMost);

    /// <summary>How a candidate must behave on held-out rows, beside how good it is on average.</summary>
    public PipelineDefinition<TRow> Behaviour(Action<BehaviourBuilder<TRow>> behaviour) => With(() =>
    {
        var builder = new BehaviourBuilder<TRow>(_contract, string.Join(',', Parameters.Values));
        behaviour(builder);
        _behaviour.AddRange(builder.Tests);
        _findings.AddRange(builder.Findings);
    });

    /// <summary>How a new version takes over.</summary>
    public PipelineDefinition<TRow> Canary(Action<CanaryBuilder> canary) => With(() => _canary = canary);

    /// <summary>What a served version may cost: answer times, memory, start, size of its image.</summary>
    public PipelineDefinition<TRow> Budget(Action<BudgetBuilder> budget) => With(() =>
    {
        var builder = new BudgetBuilder();
        budget(builder);
        _budget = builder.Budget;
    });

    /// <summary>What is kept of predictions that were served, and what of them is an alarm.</summary>
    public PipelineDefinition<TRow> Monitor(Action<MonitorBuilder<TRow>> monitor) => With(() =>
    {
        var builder = new MonitorBuilder<TRow>(Column);
        monitor(builder);
        _monitoring = builder.Policy;
    });

    /// <summary>When it is trained anew without anybody asking, by <c>./build.sh Retrain</c>.</summary>
    public PipelineDefinition<TRow> Retrain(Action<RetrainBuilder> retrain) => With(() =>
    {
        var builder = new RetrainBuilder();
        retrain(builder);
        _retraining = builder.Policy;
    });

    /// <summary>What only people can say of the model: who answers for it, what it is for and what not, its limits.</summary>
    public PipelineDefinition<TRow> Card(Action<CardBuilder> card) => With(() =>
    {
        var builder = new CardBuilder();
        card(builder);
        _card = builder.Statement;
    });

    internal PipelineSpec Build()
    {
        Require(_source != null, ".Data(…)");
        Require(_holdOut is not (null or LastDays { Days: < 1 }), ".HoldOut(last: …) of at least one day, or of a share, groups or files");
        Require(_trainer != null, ".Train(…)");
        Require(_gates.Count > 0, ".Gate(…)");
        Require(_features.Features.Count > 0 || _answers != null, ".Features(…)");
        Require(_label == _contract.Label.Name, $".Predict(…) of the property marked [Label], {_contract.Label.Property}");
        var canary = new CanaryBuilder(_answers == null ? null : CanaryPolicy.OfAnswers);
        _canary?.Invoke(canary);
        PolicyCheck.Lacking(canary.Policy, _budget, _monitoring, _retraining, _jobs).ToList().ForEach(what => Require(false, what));
        _findings.AddRange(new FeatureCheck(_name, _contract).Of(_features.Features, _holdOut));
        _findings.AddRange(_features.Findings);
        _findings.AddRange(Check(_window));
        _findings.AddRange(_retraining?.Window is { } renewed ? Check(renewed).Except(_findings) : []);
        _findings.AddRange(new AnswerCheck(_name, _answers).Of(
            _trainer, _holdOut, _gates, _task != LearningTask.Regression, _scale, _features.Features.Count, _behaviour.Count, _budget));
        _findings.AddRange(Parameters.Findings.Concat(new ExperimentCheck(_name).Of(_experiment)));
        _findings.AddRange(new GateCheck(_name, _task).Of(_gates, _sliceGates, _sliceBounds, _fairness, _falseFailures));
        if (_findings.Count > 0)
        {
            throw new UsageException($"Pipeline {_name} is not usable", _findings);
        }

        return new()
        {
            Name = _name, Contract = JoinedContract, Source = _source!, Views = Joins,
            HoldOut = _holdOut is RandomShare share ? share with { Stratified = HasClasses } : _holdOut!,
            Target = new(_scale, HasClasses ? new(LabelClasses.Of(_contract.Label), _threshold) : null, _clamp)
            {
                Scored = _answers != null,
            },
            Answers = _answers, Features = _features.Features, Trainer = _trainer!, Window = _window,
            Gates = _gates, Slices = _slices, SliceGates = _sliceGates, Fairness = _fairness, FalseFailures = _falseFailures,
            Canary = canary.Policy, Budget = _budget, Jobs = _jobs, Monitoring = Watching, Experiment = _experiment,
            Retraining = _retraining, Card = _card, Behaviour = _behaviour, Seed = _seed, Parameters = Parameters.Values,
            AllowedLeaks = _allowed, Drift = _drift,
            Variables = [.. _variables.Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private IReadOnlyList<Finding> Check(TrainingWindow window) => new DefinitionCheck(_name, _contract, _answers != null).Of(
        _task, _scale, _threshold, _holdOut, _trainer, window, _gates);

    private bool HasClasses => _task != LearningTask.Regression;

    private void Allow(string? column, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            _findings.Add(new(
                "MLB2014", "A leak is allowed without a reason", $"pipeline {_name}", column, "a sentence that a reviewer understands",
                "say why it is known when predicting"));
        }

        _allowed.Add(new(column, reason));
    }

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            _findings.Add(new("MLB2015", "The definition lacks a part", $"pipeline {_name}", null, what, "add it to Define"));
        }
    }

    private string Usable(LambdaExpression selector, ColumnUse use)
    {
        var column = Column(selector);
        if (use != ColumnUse.Past && column.Role != ColumnRole.Feature)
        {
            _findings.Add(new(
                "MLB2016", $"Column may not be a feature: it is the {column.Role.ToString().ToLowerInvariant()}{(column.Note is { } note ? $" ({note})" : "")}",
                $"pipeline {_name}", column.Name, "a column known when predicting", "remove it from .Features(…)"));
        }

        if (use != ColumnUse.Feature)
        {
            RequireNumbers(column);
        }

        return column.Name;
    }

    private void RequireNumbers(ColumnContract column)
    {
        if (column.Rule.Kind == FieldKind.Text)
        {
            _findings.Add(new(
                "MLB2017", "Free text has no numbers", $"pipeline {_name}", column.Name, "a number, a date or a text with [Categories]",
                "add [Categories] to the property, or leave it out"));
        }
    }

    private ColumnContract Column(LambdaExpression selector) => _contract.Taken(selector.Body) ?? throw new UsageException(
        new Finding("MLB2021", "Not a property of the row", $"pipeline {_name}", selector.ToString(), "x => x.Property"));

    private PipelineDefinition<TRow> With(Action change)
    {
        change();
        return this;
    }
}
