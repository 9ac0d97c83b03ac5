// SPDX-License-Identifier: GPL-2.0-or-later
#include "fail.h"

#include <malloc.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "life.h"
#include "step.h"

namespace genl {

namespace {

constexpr int kMost = 3000;  // allocations of one step

struct Trial {
  std::string text;
  Step step;
  std::vector<Step> undo;
  bool always = false;  // undo what cannot be seen, too
  std::set<int> errors{ENOMEM, ENOBUFS};  // the second is netlink's
};

std::string Name(int error) {
  const char* name = strerrorname_np(error);
  return name ? name : std::to_string(error);
}

// "any" is each of them.
std::set<int> ErrorsNamed(const std::string& name) {
  std::set<int> errors;
  for (int error = 1; error < 134; error++)
    if (name == "any" || Name(error) == name) errors.insert(error);
  if (errors.empty()) throw std::runtime_error("no error: " + name);
  return errors;
}

Trial ReadTrial(const std::string& line) {
  std::istringstream parts(line);
  std::string part, word;
  Trial trial;
  std::getline(parts, trial.text, '|');
  trial.step = ReadStep(trial.text);
  while (std::getline(parts, part, '|')) {
    std::istringstream words(part);
    if (words >> word && word == "or") {
      while (words >> word) trial.errors.merge(ErrorsNamed(word));
      continue;
    }
    trial.undo.push_back(ReadStep(part));
    if (trial.undo.back().kind == Step::Kind::kShell) trial.always = true;
  }
  return trial;
}

// What may not change.
Bytes State(const Trial& trial) {
  if (trial.step.kind == Step::Kind::kLoad) return Loaded();
  Socket socket;
  Bytes state = Snapshot(socket);
  if (trial.step.kind != Step::Kind::kWrite) return state;
  std::ifstream file(trial.step.file);
  state.insert(state.end(), std::istreambuf_iterator<char>(file), {});
  return state;
}

struct Goal {
  Bytes before, after;
  std::vector<Bytes> messages;
};

std::string Complaint(const Trial& trial, const Goal& goal, const Result& result,
                      const Bytes& now) {
  const Answer& answer = result.answer;
  bool unchanged = now == goal.before, whole = now == goal.after;
  switch (result.outcome) {
    case Outcome::kRefused:
      if (!unchanged) return "changed something: " + Name(answer.error);
      if (!result.injected) return "for no reason: " + Name(answer.error) + " " + answer.sentence;
      if (!trial.errors.contains(answer.error))
        return "another error: " + Name(answer.error) + " " + answer.sentence;
      return "";
    case Outcome::kDone:
      if (!whole) return unchanged ? "done, and is not there" : "done by half";
      return answer.messages == goal.messages ? "" : "another answer";
    case Outcome::kUnknown:
      if (!result.injected) return "no answer for no reason";
      return unchanged || whole ? "" : "done by half";
  }
  return "";
}

class Runner {
 public:
  bool Run(const Trial& trial);

 private:
  Goal Plain(const Trial& trial);
  std::string Once(const Trial& trial, const Goal& goal, int n, Result& result);
  void Undo(const Trial& trial);

  Injection injection_;
};

void Runner::Undo(const Trial& trial) {
  for (const Step& step : trial.undo) Try(step, injection_, 0);
}

// With all the memory there is.
Goal Runner::Plain(const Trial& trial) {
  Goal goal;
  goal.before = State(trial);
  Result result = Try(trial.step, injection_, 0);
  goal.after = State(trial);
  goal.messages = result.answer.messages;
  Undo(trial);
  if (result.outcome != Outcome::kDone)
    throw std::runtime_error(trial.text + ": refused: " + Name(result.answer.error) + " " +
                             result.answer.sentence);
  if (State(trial) != goal.before)
    throw std::runtime_error(trial.text + ": cannot be undone");
  return goal;
}

std::string Runner::Once(const Trial& trial, const Goal& goal, int n, Result& result) {
  result = Try(trial.step, injection_, n);
  Bytes now = State(trial);
  std::string complaint = Complaint(trial, goal, result, now);
  if (now == goal.before && !trial.always) return complaint;
  Undo(trial);
  if (complaint.empty() && State(trial) != goal.before) complaint = "cannot be undone";
  return complaint;
}

bool Runner::Run(const Trial& trial) {
  Goal goal = Plain(trial);
  int count[3] = {};
  std::map<int, int> errors;
  for (int n = 1; n <= kMost; n++) {
    Result result;
    std::string complaint = Once(trial, goal, n, result);
    if (!complaint.empty()) {
      std::cout << trial.text << ": allocation " << n << ": " << complaint << std::endl;
      return false;
    }
    if (!result.injected) {
      std::cout << trial.text << ": " << n - 1 << " failed: " << count[0] << " did without, "
                << count[2] << " unknown, " << count[1] << " refused";
      for (auto [error, times] : errors) std::cout << " " << Name(error) << "=" << times;
      std::cout << std::endl;
      return true;
    }
    count[static_cast<int>(result.outcome)]++;
    if (result.answer.error) errors[result.answer.error]++;
  }
  std::cout << trial.text << ": no end of allocations" << std::endl;
  return false;
}

}  // namespace

int Fail(std::istream& lines) {
  mallopt(M_TRIM_THRESHOLD, 64 << 20);  // memory of our own is there already
  mallopt(M_TOP_PAD, 4 << 20);
  std::string line;
  Runner runner;
  int bad = 0;
  while (std::getline(lines, line)) bad += !runner.Run(ReadTrial(line));
  return bad > 0;
}

}  // namespace genl
